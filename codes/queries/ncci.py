"""NCCI for the claim check: the edits among a claim's codes, their unit limits and add-on codes, as plain values."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q

from codes import editing
from codes.editing.types import Setting
from codes.models import AddOnEdit, MueLimit, PtpEdit, Release
from codes.models.release import Source
from codes.queries.releases import Calendar, remembered

PTP_SOURCES = {"practitioner": Source.PTP_PRACTITIONER, "hospital": Source.PTP_HOSPITAL}
MUE_SOURCES = {
    "practitioner": Source.MUE_PRACTITIONER,
    "hospital": Source.MUE_OUTPATIENT,
    "dme": Source.MUE_DME,
}


def ptp_release(calendar: Calendar, setting: str, at: date) -> Release | None:
    """The edit file for a date: the one in force, or the earliest later one (edits carry their own dates)."""
    return calendar.nearest(PTP_SOURCES[setting], at)


def provenance(release: Release, setting: Setting, months: int = 3) -> editing.Provenance:
    """Where an answer comes from, for its words."""
    return editing.Provenance(release.name, setting, release.effective_from, months, release.is_sample)


def edits_among(
    calendar: Calendar, codes: Collection[str], at: date, setting: Setting = "practitioner"
) -> editing.PtpTable | None:
    """Every edit between two of these codes, ended ones too (one query); None where no file is loaded."""
    release = ptp_release(calendar, setting, at)
    if release is None:
        return None
    rows = PtpEdit.objects.filter(release=release, column_one__in=codes, column_two__in=codes)
    return editing.PtpTable.of(
        provenance(release, setting), [as_edit(row) for row in rows.select_related("rationale")]
    )


def as_edit(row: PtpEdit) -> editing.PtpEdit:
    """A stored edit as the claim check takes it."""
    return editing.PtpEdit(
        row.column_one,
        row.column_two,
        row.indicator,
        row.effective,
        row.deletion,
        row.rationale.text,
        row.prior_to_1996,
    )


def unit_limits(
    calendar: Calendar, codes: Collection[str], at: date, setting: Setting = "practitioner"
) -> editing.MueTable | None:
    """The unit limits of these codes (one query); None where no table is loaded."""
    release = calendar.in_force(MUE_SOURCES[setting], at)
    if release is None:
        return None
    rows = MueLimit.objects.filter(release=release, code__in=codes)
    limits = {row.code: editing.Mue(row.code, row.value, row.mai, row.rationale, setting) for row in rows}
    return editing.MueTable(provenance(release, setting), limits)


@remembered(256)
def limits_of(calendar: Calendar, code: str, at: date) -> tuple[tuple[str, str, editing.Mue | None], ...]:
    """The limit of one code in each table that is loaded, as (setting, release name, limit or None); one query."""
    releases = {
        release.pk: (setting, release)
        for setting, source in MUE_SOURCES.items()
        if (release := calendar.nearest(source, at))
    }
    rows = {row.release_id: row for row in MueLimit.objects.filter(release__in=releases, code=code)}
    return tuple(
        (setting, release.name, _limit(rows.get(key), setting))
        for key, (setting, release) in releases.items()
    )


def _limit(row: MueLimit | None, setting: str) -> editing.Mue | None:
    return editing.Mue(row.code, row.value, row.mai, row.rationale, setting) if row else None  # type: ignore[arg-type]


def add_on_table(calendar: Calendar, codes: Collection[str], at: date) -> editing.AddOnTable | None:
    """Add-on records in which one of these codes is the add-on or the primary (one query)."""
    release = calendar.nearest(Source.ADD_ON, at)
    if release is None:
        return None
    rows = AddOnEdit.objects.filter(release=release).filter(Q(add_on__in=codes) | Q(primary__in=codes))
    in_force = [row for row in rows if _covers(row, at)]
    return editing.AddOnTable.of(
        provenance(release, "practitioner", 12),
        [editing.AddOn(row.add_on, row.primary or None, row.kind) for row in in_force],
    )


def _covers(row: AddOnEdit, at: date) -> bool:
    return (row.effective is None or row.effective <= at) and (row.deletion is None or at <= row.deletion)


def names_in_force(calendar: Calendar, sources: Sequence[str], at: date) -> str:
    """The names of the releases in force, for a line of sources."""
    found = [release.name for source in sources if (release := calendar.nearest(source, at))]
    return ", ".join(dict.fromkeys(found))
