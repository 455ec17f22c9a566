"""The first day and the track of relative values, which depend on the law's conversion factor."""

import re
from datetime import date
from decimal import Decimal

from codes.cms import pprrvu
from codes.cms.archive import Member
from codes.loaders.dating import QUARTERS, ReleaseDating, first_day
from codes.loaders.errors import LoadRefused, Undated
from codes.models.release import Source
from codes.pricing import conversion_factors


def of_relative_values(member: Member, day_is_given: bool = False) -> ReleaseDating:
    """RVU26C from 2026-07-01; RVU24AR from 2024-03-09, because its factor is in force only from then on.

    Raises Undated where its zip is called revised (`rvu27ar`), nobody gave the day, and the table of factors does
    not know since when the factor is the law's.
    """
    with member.open() as stream:
        heading = pprrvu.read_heading(stream, member.name)
    with member.open() as stream:
        factor = next(iter(pprrvu.parse(stream, member.name))).conversion_factor
    start = first_day(heading.year, QUARTERS[heading.quarter])
    began = _began(conversion_factors.FEE_SCHEDULE, factor, start.year)
    track = _track(member, heading, factor)
    revised = _is_revised(member)
    if revised and not (
        began or day_is_given or (track == Source.PPRRVU_QPP and _is_qualifying(factor, start.year))
    ):
        raise Undated(
            f"{member.name} ({member.archive}) is a revised file with the conversion factor {factor}, and does not say "
            f"from which day. Say --effective-from YYYY-MM-DD: the day of the law, or {start} if it corrects the "
            "quarter from its beginning."
        )
    late = began is not None and began > start
    name = f"RVU{heading.year % 100}{heading.quarter}{'R' if revised or late else ''}"
    return ReleaseDating(name, began if began and late else start, factor, track)


def _is_revised(member: Member) -> bool:
    """Whether its zip, or a zip around that, is called revised, as rvu24ar is."""
    return bool(re.search(r"(?:^|/)rvu(?:20)?\d\d[a-d]r(?![a-z])", member.archive, re.IGNORECASE))


def _track(member: Member, heading: pprrvu.Heading, factor: Decimal) -> Source:
    """The track that the file's name says; where a renamed file lacks it, the factor tells, if it is a known one."""
    if _is_qualifying(factor, heading.year):
        return Source.PPRRVU_QPP
    is_common = _began(conversion_factors.FEE_SCHEDULE, factor, heading.year) is not None
    if heading.track == "QPP" and is_common:
        raise LoadRefused(
            f"{member.name}: its name says QPP, and {factor} is the conversion factor of everybody else in "
            f"{heading.year}. Load the file as CMS publishes it."
        )
    if heading.track == "QPP":
        return Source.PPRRVU_QPP
    if heading.track or is_common or heading.year < conversion_factors.TWO_TRACKS:
        return Source.PPRRVU
    raise Undated(
        f"{member.name}: since {conversion_factors.TWO_TRACKS} there are two files a quarter, and its name does not "
        f"say which it is; its conversion factor, {factor}, is not known either. Give it CMS's own name, with nonQPP "
        f"or QPP in it."
    )


def _is_qualifying(factor: Decimal, year: int) -> bool:
    return _began(conversion_factors.FEE_SCHEDULE_QUALIFYING_APM, factor, year) is not None


def _began(table: tuple[conversion_factors.ConversionFactor, ...], factor: Decimal, year: int) -> date | None:
    """The day in that year from which the law has this conversion factor, where the table knows it."""
    return next(
        (known.effective for known in table if known.value == factor and known.effective.year == year), None
    )
