"""`/api/v1/codes`: one code with everything that its page shows, and the search for codes."""

from collections.abc import Iterator
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from codes import ncci
from codes.api import sources
from codes.api.amounts import refuse_undecided, serialize_priced, serialize_question
from codes.api.endpoint import Reply, valid
from codes.api.forms import FoundCodesForm
from codes.api.problems import Problem
from codes.code_request import CodeRequest, code_request_of
from codes.exports.serializers import Json, as_text, serialize_code, serialize_step
from codes.exports.site_serializers import serialize_sites
from codes.knowledge import indicators
from codes.links import absolute, code_address, split_typed
from codes.models.release import Release, Source
from codes.queries import bundling, changes, ncci_tables, releases, search
from codes.queries.browse import family_of
from codes.queries.manual import references_to
from codes.queries.ncci_tables import UnitLimit, limits_of
from codes.queries.releases import Calendar
from codes.queries.site_of_service import site_of_service
from codes.queries.tips import ShownTip, tips_of
from codes.rules.offered import modifiers_offered

MOST_CHANGES, MOST_FOUND = 20, 200
# What `serialize_code` says of the amount in its own way, and what the envelope says.
_SAID_OTHERWISE = ("price", "notice", "release", "conversion_factor", "locality", "date_of_service")


def whole_code(parameters: QueryDict, code: str) -> Reply:
    """Everything about one code on a day, in a place."""
    found = _found(parameters, code)
    calendar, at = found.calendar, found.at
    used = [*sources.of_amounts(calendar, at), *sources.of_edits(calendar, at), *_further(calendar, at)]
    return Reply(serialize_all(found), used)


def found_codes(parameters: QueryDict) -> Reply:
    """The codes that answer a query, best first, with national amounts."""
    form = FoundCodesForm(parameters)
    cleaned, calendar = valid(form), releases.calendar()
    first, size = cleaned["cursor"], cleaned["limit"]
    most = min(first + size + 1, MOST_FOUND)
    found = search.find(calendar, cleaned["q"], form.at, most=most)
    rows = [_found_code(each) for each in found[first : first + size]]
    is_more = len(found) > first + size
    return Reply(rows, sources.of_amounts(calendar, form.at), str(first + size) if is_more else "")


def known_code(typed: str) -> str:
    """The code of an address. Raises Problem 404 for what no code looks like."""
    parts = split_typed(typed)
    if parts is None or parts[1]:
        raise Problem(
            404, "not-found", f'"{typed[:20]}" is not a code. A code has five characters, such as 99213.'
        )
    return parts[0]


def serialize_all(found: CodeRequest) -> Json:
    """What the code page shows, and where the rest is."""
    result, record, at = found.result, found.record, found.at
    assert result is not None, "only a valid question has an answer"
    page = absolute(code_address(record.code))
    said = serialize_code(found, page)
    price = result.price if result.price and not result.refusal else None
    limits, family = limits_of(found.calendar, record.code, at), family_of(found.calendar, record.code, at)
    return {
        **{name: value for name, value in said.items() if name not in _SAID_OTHERWISE},
        **serialize_question(result.query),
        "amount": {**serialize_priced(price), "steps": [serialize_step(each) for each in price.steps]}
        if price
        else None,
        "limiting_charge": as_text(result.limiting_charge),
        "indicators": list(_indicators(found)),
        "unit_limits": [_unit_limit(each) for each in limits],
        "edits": _edits(found),
        "add_ons": _add_ons(found),
        "modifiers_offered": list(_modifiers(found)),
        "sites": serialize_sites(found, site_of_service(found.calendar, record.code, at, result), page)[
            "places"
        ],
        "tips": [_tip(each) for each in tips_of(record, family, result, limits, at)],
        "changes": list(_changes(found)),
        "manual": [
            {"location": str(each), "page": absolute(reverse("codes:manual") + each.path)}
            for each in references_to(found.calendar, record.code, at)
        ],
    }


def _found(parameters: QueryDict, typed: str) -> CodeRequest:
    wanted = known_code(typed)
    found = code_request_of(parameters, wanted)
    if found is None:
        raise Problem(404, "not-found", f"{wanted} is not in any file that is loaded.")
    valid(found.form)
    refuse_undecided(found.form)
    return found


def _further(calendar: Calendar, at: date) -> Iterator[Release]:
    for source in (Source.ASC, Source.OPPS, Source.MUE_OUTPATIENT, Source.MUE_DME, Source.POLICY_MANUAL):
        if release := calendar.in_force(source, at):
            yield release


def _found_code(each: search.SearchResult) -> Json:
    return {
        "code": each.code,
        "name": each.shown,
        "is_deleted": each.is_deleted,
        "nonfacility": as_text(each.office),
        "facility": as_text(each.facility),
        "currency": "USD",
        "note": each.fees.words or None,
        "address": absolute(reverse("codes:v1:code", args=[each.code])),
        "page": absolute(code_address(each.code)),
    }


def _indicators(found: CodeRequest) -> Iterator[Json]:
    row = found.record.main_row
    for each in indicators.of_row(row) if row else ():
        yield {
            "field": each.field,
            "title": indicators.FIELDS[each.field].title,
            "value": each.value,
            "words": each.words,
            "citation": each.citation,
        }


def _unit_limit(each: UnitLimit) -> Json:
    return {
        "setting": each.setting,
        "release": each.release or None,
        "limit": each.limit.value if each.limit else None,
        "adjudication_indicator": each.limit.mai if each.limit else None,
        "rationale": each.limit.rationale if each.limit else None,
        "not_checked": each.unchecked or None,
    }


def _edits(found: CodeRequest) -> Json:
    """How many edits there are in each setting, and where they are listed."""
    code = found.record.code
    return {
        "address": absolute(reverse("codes:v1:edits_of_code", args=[code])),
        **{setting: _count(found, setting) for setting in ncci_tables.PTP_SOURCES},
    }


def _count(found: CodeRequest, setting: str) -> Json | None:
    release = ncci_tables.ptp_release(found.calendar, setting, found.at)
    if release is None:
        return None
    sides = bundling.tallies(release, bundling.EditFilter(code=found.record.code, at=found.at))
    return {
        "release": release.name,
        "denied_with_others": sides["denies"].in_force_total,
        "denies_others": sides["denied-by"].in_force_total,
        "ended": sum(each.ended for each in sides.values()),
    }


def _add_ons(found: CodeRequest) -> Json | None:
    """Null where no add-on file is loaded."""
    code = found.record.code
    table = ncci_tables.add_on_table(found.calendar, [code], found.at)
    if table is None:
        return None
    return {
        "release": table.provenance.release,
        "type": ncci.kind_of(code, table) if code in table.primaries else None,
        "primaries": list(ncci.primaries_of(code, table)),
        "add_ons": list(ncci.add_ons_of(code, table)),
        "not_checked": table.provenance.too_old("add-on edits", table.younger, [code]) or None,
    }


def _modifiers(found: CodeRequest) -> Iterator[Json]:
    """The modifiers that are billed with the code."""
    reference = found.result.reference if found.result else None
    waived = reference.waived_tests if reference else None
    for each in modifiers_offered(found.record.code, found.record.main_row, waived):
        yield {"modifier": each, "address": absolute(reverse("codes:v1:modifier", args=[each]))}


def _tip(each: ShownTip) -> Json:
    return {
        "text": each.text,
        "impact": each.impact or None,
        "payer": each.tip.payer,
        "source": f"{each.tip.source_title}, {each.tip.source_section}".rstrip(", "),
        "link": each.tip.source_link or None,
        "is_past_review": each.is_past_review,
    }


def _changes(found: CodeRequest) -> Iterator[Json]:
    for part in changes.of_code(found.calendar, found.record.code, MOST_CHANGES):
        for each in part.changes:
            yield serialize_change(each, part.comparison)


def serialize_change(each: changes.DescribedChange, comparison: changes.ReleaseComparison) -> Json:
    """One change, with the values before and after as CMS prints them."""
    row = each.change
    return {
        "source": comparison.release.source,
        "release": comparison.release.name,
        "in_force_from": comparison.release.effective_from.isoformat(),
        "former_release": comparison.former.name if comparison.former else None,
        "kind": row.kind,
        "code": row.code,
        "name": each.name or None,
        "other": row.other or None,
        "before": row.before or None,
        "after": row.after or None,
        "sentence": each.sentence,
    }
