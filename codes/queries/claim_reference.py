"""What a claim check knows about codes: their validity, who pays them, edits, unit limits, add-ons, CMS's lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from codes import ncci, pricing
from codes.formatting import day
from codes.knowledge.code_life import CodeEnd
from codes.models import Release
from codes.models.release import Source
from codes.ncci.words import listed
from codes.queries import known_codes, ncci_tables
from codes.queries.code_life import deleted_codes
from codes.queries.listed_amounts import listing_names
from codes.queries.priced_rows import waived_tests
from codes.queries.releases import Calendar, quarters_carried
from codes.queries.single_dose import codes_of_single_dose

FEW = 4  # successors of a deleted code that are named in a fix


def reference_of(
    calendar: Calendar,
    rows: Mapping[str, pricing.CodeRows],
    codes: Collection[str],
    at: date,
    release: Release | None,
) -> ncci.Reference:
    """What a claim check knows about these codes on a day: at most nine queries, however many codes there are."""
    return replace(
        _reference_of(calendar, rows, codes, at, release),
        ptp=ncci_tables.edits_among(calendar, codes, at),
        add_ons=ncci_tables.add_on_table(calendar, codes, at),
    )


def reference_of_codes(
    calendar: Calendar,
    rows: Mapping[str, pricing.CodeRows],
    codes: Collection[str],
    at: date,
    release: Release | None,
) -> ncci.Reference:
    """The same for codes of which each is looked at by itself: without the edits between them, and of the add-on list
    what it says of add-ons."""
    add_ons = {code for code, held in rows.items() if _is_add_on(held)}
    return replace(
        _reference_of(calendar, rows, codes, at, release),
        add_ons=ncci_tables.add_on_table(calendar, add_ons, at) if add_ons else None,
    )


def _reference_of(
    calendar: Calendar,
    rows: Mapping[str, pricing.CodeRows],
    codes: Collection[str],
    at: date,
    release: Release | None,
) -> ncci.Reference:
    return ncci.Reference(
        rows=rows,
        fee_schedule="" if release is None or release.is_sample else release.name,
        unchecked=_unchecked(calendar, codes - rows.keys(), at, release),
        deleted=deleted_among(codes, rows if release and not release.is_sample else codes, at),
        other_codes=listing_names(calendar, codes, at),
        units=ncci_tables.unit_limits(calendar, codes, at),
        single_dose_drugs=codes_of_single_dose(calendar, at),
        waived_tests=waived_tests(calendar, at),
    )


def reference_of_line(
    calendar: Calendar,
    rows: pricing.CodeRows,
    at: date,
    release: Release | None,
    practitioner: str,
) -> ncci.Reference:
    """What a claim check knows about the one code of a line: at most four queries, one for most codes. Edits are
    between two codes, and of the add-on list only an add-on (global days ZZZ) reads anything."""
    codes = frozenset({rows.code})
    return ncci.Reference(
        rows={rows.code: rows},
        fee_schedule="" if release is None or release.is_sample else release.name,
        other_codes=listing_names(calendar, codes, at),
        units=ncci_tables.unit_limits_of(calendar, rows.code, at),
        add_ons=ncci_tables.add_ons_of(calendar, rows.code, at) if _is_add_on(rows) else None,
        single_dose_drugs=codes_of_single_dose(calendar, at),
        waived_tests=waived_tests(calendar, at),
        practitioner=practitioner,
    )


def _is_add_on(rows: pricing.CodeRows) -> bool:
    return any(row.global_days == "ZZZ" for row in rows.rows.values())


def deleted_among(codes: Collection[str], listed: Collection[str], at: date) -> dict[str, ncci.DeletedCode]:
    """The codes that ended before the date of service, each with what to bill instead."""
    return {
        code: ncci.DeletedCode(
            sentence=_ended(end),
            instead=_instead(end),
            successor=end.successors[0] if end.is_one_for_one else "",
            citation=end.source,
        )
        for code, end in deleted_codes(codes, listed, at).items()
    }


def _ended(end: CodeEnd) -> str:
    """When a code was deleted, in a sentence."""
    if end.last_day is None:
        return f"Deleted: {end.code} is no longer on the fee schedule."
    return f"Deleted: {end.code} was last valid {day(end.last_day)}."


def _instead(end: CodeEnd) -> str:
    """What to bill in place of a deleted code."""
    few = listed(end.successors, "or") if len(end.successors) <= FEW else ""
    return " ".join(
        filter(None, (f"Bill {few} instead." if few else "", "" if end.is_one_for_one else end.note))
    )


def _unchecked(
    calendar: Calendar, missing: Collection[str], at: date, release: Release | None
) -> dict[str, str]:
    """The codes without a row whose validity the loaded files leave open, each with why. A code that an earlier
    relative value file had is gone; one that no list names is no code, unless newer files are missing."""
    if release is None:
        return dict.fromkeys(missing, f"Not checked: no {at.year} fee schedule is loaded for this date.")
    naming = known_codes.releases_naming(calendar, missing) if missing else {}
    return {
        code: f"Not checked: {why}"
        for code in missing
        if (why := _why_unchecked(code, naming.get(code, ()), at, release))
    }


def _why_unchecked(code: str, naming: Sequence[Release], at: date, release: Release) -> str:
    values = [each for each in naming if each.source == Source.PPRRVU]
    if any(each.effective_from < release.effective_from for each in values):
        return ""  # deleted
    if any(each.source == Source.CLFS for each in naming):
        return (
            f"{code} is a laboratory test, and no {at.year} laboratory fee schedule is loaded for this date."
        )
    if any(each.source == Source.HCPCS for each in naming):
        return f"{code} isn't on the physician fee schedule, and the list that pays it isn't loaded."
    if quarters_carried(release, at):
        return f"{code} isn't in {release.name}, and newer fee schedules aren't loaded for this date."
    if naming and not values:
        return f"{code} is in {naming[-1]}, but no fee schedule that names it is loaded for this date."
    return ""
