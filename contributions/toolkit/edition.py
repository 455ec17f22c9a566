"""All sections of the toolkit, read from the database once."""

from datetime import date

from codes.models import Release
from codes.models.release import Source
from codes.queries.releases import Calendar, calendar
from contributions.toolkit import (
    age,
    cheat_sheet,
    costly_edits,
    denial_reasons,
    modifier_pitfalls,
    quarterly,
    tip_pages,
    toolkit_data,
    unit_limits,
    wall_sheet,
)
from contributions.toolkit.parts import ColumnKind, Table, TableColumn, Toolkit

NO_EDITION = "no release"
RELEASES = (
    TableColumn("What", 52),
    TableColumn("Release", 28),
    TableColumn("In force from", 14, ColumnKind.DAY),
    TableColumn("Rows", 12, ColumnKind.NUMBER),
)
USED = (
    Source.PPRRVU,
    Source.PTP_PRACTITIONER,
    Source.MUE_PRACTITIONER,
)


def toolkit_on(at: date) -> Toolkit:
    """The toolkit as the loaded data and published content have it on a day: some fifteen queries."""
    data = toolkit_data.load(calendar(), at)
    return Toolkit(
        edition=edition(data.calendar, at),
        made_on=at,
        is_sample=any(release.is_sample for release in releases_used(data.calendar, at)),
        releases=_releases(data.calendar, at),
        warnings=warnings(data.calendar, at),
        sections=(
            *wall_sheet.sections(),
            cheat_sheet.section(data),
            denial_reasons.section(),
            modifier_pitfalls.section(data),
            costly_edits.section(data),
            unit_limits.section(data),
            quarterly.section(data),
            tip_pages.section(data),
        ),
    )


def edition(known: Calendar, at: date) -> str:
    """The name of the relative value file in force, by which a toolkit is called: "RVU26C"."""
    release = known.in_force(Source.PPRRVU, at)
    return release.name if release else NO_EDITION


def releases_used(known: Calendar, at: date) -> list[Release]:
    """The releases that the toolkit reads: those in force, or for edits the nearest later one."""
    return [release for source in USED if (release := known.nearest(source, at))]


def warnings(known: Calendar, at: date) -> tuple[str, ...]:
    """A sentence for each release of the toolkit that CMS has replaced since."""
    return tuple(filter(None, (age.warning(release, at) for release in releases_used(known, at))))


def _releases(known: Calendar, at: date) -> Table:
    rows = tuple(
        (release.get_source_display(), release.name, release.effective_from, release.row_count)
        for release in releases_used(known, at)
    )
    return Table("Made from", RELEASES, rows)
