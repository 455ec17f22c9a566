"""The best name of a code that we may show: ours, else CMS's public text, else the licensed descriptor."""

from collections.abc import Collection, Mapping
from datetime import date

from django.conf import settings

from codes.knowledge.code_life import ended_name
from codes.models import CodeText, FeeScheduleRow, HcpcsText
from codes.models.release import Source
from codes.queries.prepared import Query, prepared
from codes.queries.releases import Calendar


def best_name(own: str, public: str, licensed: str) -> str:
    """The first of the three that there is, "" where there is none. HCPCS Level II has public texts, CPT has none."""
    return own or public or licensed


def names_of(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """The best name of each code on `at`; codes without any are left out. One query where all have a name of ours, at
    most three, none for no codes."""
    own = _own_names(codes) if codes else {}
    missing = {code for code in codes if code not in own}
    public = public_texts(calendar, {code for code in missing if not code[0].isdigit()}, at)
    licensed = _descriptors(calendar, missing - public.keys(), at)
    best = {
        code: best_name(own.get(code, ""), public.get(code, ""), licensed.get(code, "")) for code in codes
    }
    return {code: name for code, name in best.items() if name}


def _own_names(codes: Collection[str]) -> dict[str, str]:
    """Our names, of codes that were deleted long ago too."""
    ended = {code: name for code in codes if (name := ended_name(code))}
    return ended | {row["code"]: row["plain_name"] for row in _plain_names(codes)}


@prepared
def _plain_names(codes: Collection[str]) -> Query:
    found: Query = CodeText.objects.filter(code__in=codes).order_by().values("code", "plain_name")
    return found


def public_texts(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """CMS's texts of Level II codes, each from the nearest release that holds it (one query, none for no codes)."""
    nearness = _nearness(calendar, Source.HCPCS, at) if codes else {}
    if not nearness:
        return {}
    texts = HcpcsText.objects.filter(release__in=nearness, code__in=codes)
    found = texts.values_list("release_id", "code", "long_description")
    return {code: text for _, code, text in sorted(found, key=lambda row: -nearness[row[0]])}


def _descriptors(calendar: Calendar, codes: Collection[str], at: date) -> dict[str, str]:
    """The fee schedule's own descriptions, where the site is licensed to show them (one query)."""
    nearness = _nearness(calendar, Source.PPRRVU, at) if codes and settings.CPT_DESCRIPTIONS else {}
    if not nearness:
        return {}
    rows = FeeScheduleRow.objects.filter(release__in=nearness, code__in=codes, modifier="").exclude(
        description=""
    )
    found = rows.values_list("release_id", "code", "description")
    return {code: text for _, code, text in sorted(found, key=lambda row: -nearness[row[0]])}


def _nearness(calendar: Calendar, source: Source, at: date) -> Mapping[int, int]:
    """The releases of a source, 0 for the one in force on `at`, then the earlier ones back in time, then the later."""
    latest_first = calendar.of(source)
    begun = [release for release in latest_first if release.effective_from <= at]
    later = [release for release in reversed(latest_first) if release.effective_from > at]
    return {release.pk: number for number, release in enumerate([*begun, *later])}


def every_name(calendar: Calendar, at: date) -> dict[str, str]:
    """Our name, else CMS's public text, of every code that has one (two queries); a long list adds the descriptors of
    the rows that it reads."""
    release = calendar.nearest(Source.HCPCS, at)
    texts = HcpcsText.objects.filter(release=release) if release else HcpcsText.objects.none()
    public = dict(texts.values_list("code", "long_description"))
    return public | dict(CodeText.objects.values_list("code", "plain_name"))
