"""Published tips against the data of a day: what the check command and the list for staff are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from codes import pricing
from codes.models import FeeScheduleRow, RbcsAssignment, Release, Tip, TipState
from codes.models.release import Source
from codes.queries.code import as_pricing_row
from codes.queries.ncci_tables import add_on_table, edits_among, ptp_release, unit_limits
from codes.queries.releases import Calendar
from codes.tips.contradictions import ANY_CODE, contradictions
from codes.tips.rule_ties import Tie, tie_of
from codes.tips.words import CmsData, TipWords

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TipContradictions:
    """A tip and what it contradicts on a day."""

    tip: Tip
    at: date
    contradictions: tuple[str, ...]


def check_published(calendar: Calendar, at: date) -> list[TipContradictions]:
    """The published tips that contradict the data in force on `at`; about ten queries in all."""
    return check(calendar, Tip.objects.filter(state=TipState.PUBLISHED), at)


def check(calendar: Calendar, tips: Iterable[Tip], at: date) -> list[TipContradictions]:
    """Those of `tips` that contradict the data in force on `at`."""
    held = list(tips)
    subjects = _subjects(calendar, held, at)
    words = [(tip, words_of(tip, subjects[tip.pk])) for tip in held]
    cms = _cms_data(calendar, {code for _, each in words for code in _named(each)}, at)
    found = ((tip, contradictions(each, cms)) for tip, each in words)
    return [TipContradictions(tip, at, tuple(wrong)) for tip, wrong in found if wrong]


def ties_of_published(calendar: Calendar, at: date) -> list[tuple[Tip, Tie]]:
    """The claim rule of each published tip, or why it has none."""
    return ties_of(calendar, Tip.objects.filter(state=TipState.PUBLISHED), at)


def ties_of(calendar: Calendar, tips: Iterable[Tip], at: date) -> list[tuple[Tip, Tie]]:
    """The claim rule of each tip, or why it has none."""
    held = list(tips)
    subjects = _subjects(calendar, held, at)
    return [(tip, tie_of(words_of(tip, subjects[tip.pk]))) for tip in held]


def stale(calendar: Calendar, today: date) -> tuple[Release | None, list[tuple[TipContradictions, bool]]]:
    """What contradicts the data of today, and whether that is new with the release in force (returned first)."""
    release = calendar.in_force(Source.PPRRVU, today)
    found = check_published(calendar, today)
    before = release.effective_from - timedelta(days=1) if release else today
    known = {
        each.tip.pk: each.contradictions for each in check(calendar, [each.tip for each in found], before)
    }
    return release, [(each, len(each.contradictions) > len(known.get(each.tip.pk, ()))) for each in found]


def page_code(calendar: Calendar, tip: Tip, at: date) -> str:
    """A code on whose page the tip stands, or '' where none is loaded."""
    return next(iter(_subjects(calendar, [tip], at)[tip.pk]), "")


def words_of(tip: Tip, codes: tuple[str, ...]) -> TipWords:
    """A stored tip as the check takes it."""
    return TipWords(
        codes=codes,
        text=tip.text,
        impact=tip.impact,
        source_title=tip.source_title,
        source_section=tip.source_section,
    )


def dates_of_releases(calendar: Calendar, today: date) -> list[date]:
    """A day in each release of relative values that is loaded: its first, and today."""
    starts = {release.effective_from for release in calendar.of(Source.PPRRVU)}
    return sorted({day for day in starts if day <= today} | {today})


def _named(words: TipWords) -> set[str]:
    return {*words.codes, *ANY_CODE.findall(f"{words.text} {words.source_section}")}


def _subjects(calendar: Calendar, tips: list[Tip], at: date) -> dict[int, tuple[str, ...]]:
    """The codes that each tip is about; a family's or a range's as far as the release has them."""
    release = calendar.in_force(Source.PPRRVU, at)
    rbcs = calendar.nearest(Source.RBCS, at)
    subjects = {}
    for tip in tips:
        codes: Iterable[str] = (tip.code,)
        if tip.family:
            rows = RbcsAssignment.objects.filter(release=rbcs, family=tip.family)
            codes = rows.values_list("code", flat=True)
        elif not tip.code:
            between = FeeScheduleRow.objects.filter(
                release=release, modifier="", code__gte=tip.first_code, code__lte=tip.last_code
            )
            codes = between.values_list("code", flat=True)
        subjects[tip.pk] = tuple(codes)
    return subjects


def _cms_data(calendar: Calendar, codes: set[str], at: date) -> CmsData:
    release = calendar.in_force(Source.PPRRVU, at)
    edits_file = ptp_release(calendar, "practitioner", at)
    rows: dict[str, dict[str, pricing.FeeScheduleRow]] = {}
    for chunk in _chunks(sorted(codes)):
        for row in FeeScheduleRow.objects.filter(release=release, code__in=chunk).order_by(
            "code", "modifier"
        ):
            rows.setdefault(row.code, {})[row.modifier] = as_pricing_row(row)
    return CmsData(
        at=at,
        release=release.name if release else "no release",
        rows={code: pricing.CodeRows(code, by_modifier) for code, by_modifier in rows.items()},
        ptp=edits_among(calendar, codes, at),
        ptp_is_sample=bool(edits_file and edits_file.is_sample),
        units=unit_limits(calendar, codes, at),
        add_ons=add_on_table(calendar, codes, at),
    )


def _chunks(codes: list[str]) -> Iterator[list[str]]:
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))
