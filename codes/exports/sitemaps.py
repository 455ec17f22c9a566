"""The sitemap: an index, and a section a kind of page. A date is that of the last loading that such pages show."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from codes.knowledge.modifier_texts import modifier_texts
from codes.knowledge.sections import LETTERS, SECTIONS
from codes.links import absolute, code_address, rbcs_address
from codes.models.release import Source
from codes.queries import browse, geography, releases
from codes.queries.releases import Calendar

XML = "application/xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
STANDING = (
    *(
        "home",
        "browse",
        "localities",
        "compare",
        "list",
        "pairs",
        "claim",
        "audit",
        "explain",
        "remittance",
        "changes",
        "glossary",
        "indicators",
        "modifiers",
        "manual",
    ),
    *("sources", "correctness", "api", "licence"),
)


class SitemapSection(Sitemap):  # type: ignore[type-arg]
    """The addresses of one kind of page, each with the date of the newest release of what such pages show.

    They begin with the name of the site, whatever host was asked for.
    """

    def __init__(self, addresses: Iterable[str], newest: datetime | None) -> None:
        self.addresses, self.newest = list(addresses), newest

    def items(self) -> list[str]:
        return self.addresses

    def location(self, item: str) -> str:
        return item

    def lastmod(self, item: str) -> datetime | None:
        """None for a page that says the same whatever is loaded."""
        return None if item in _undated() else self.newest

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        return settings.SITE_URL.partition("://")[2]


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: every page of every section, each with the date of its newest address."""
    calendar, today = releases.calendar(), timezone.localdate()
    listed = []
    for name in KINDS:
        section = _section(name, calendar, today)
        address = absolute(reverse("codes:sitemap", args=[name]))
        pages = (address if page == 1 else f"{address}?p={page}" for page in section.paginator.page_range)
        listed += [{"location": page, "lastmod": section.newest} for page in pages]
    return HttpResponse("".join(_xml("sitemapindex", "sitemap", listed)), content_type=XML)


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """One section; `?p=2` for its second page."""
    page = _page(request)
    if section not in KINDS or page is None:
        raise Http404
    calendar, today = releases.calendar(), timezone.localdate()
    if page > 1 and page > _section(section, calendar, today).paginator.num_pages:
        raise Http404

    urls = _section(section, calendar, today).get_urls(page)
    return HttpResponse("".join(_xml("urlset", "url", urls)), content_type=XML)


def _section(name: str, calendar: Calendar, today: date) -> SitemapSection:
    addresses, sources = KINDS[name]
    loaded = (each.loaded_at for each in calendar.releases if each.source in sources)
    return SitemapSection(addresses(calendar, today), max(loaded, default=None))


@cache
def _undated() -> frozenset[str]:
    return frozenset(reverse(f"codes:{name}") for name in STANDING if name != "sources")


def _page(request: HttpRequest) -> int | None:
    """The page that `p` asks for, 1 where it does not; None for what is not the number of one."""
    number = request.GET.get("p", "1")
    return int(number) if re.fullmatch(r"[1-9][0-9]?", number) else None


def _xml(root: str, each: str, urls: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of the file. Django's own template takes three times as long for the codes."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n'
    for url in urls:
        lastmod = (
            f"<lastmod>{url['lastmod'].isoformat(timespec='seconds')}</lastmod>" if url["lastmod"] else ""
        )
        yield f"<{each}><loc>{escape(url['location'])}</loc>{lastmod}</{each}>\n"
    yield f"</{root}>\n"


def _standing(calendar: Calendar, today: date) -> Iterator[str]:
    yield from (reverse(f"codes:{name}") for name in STANDING)


def _cpt(calendar: Calendar, today: date) -> Iterator[str]:
    codes = browse.catalogue(calendar, today).codes
    yield from (code_address(code) for code in codes if code[0].isdigit())


def _hcpcs(calendar: Calendar, today: date) -> Iterator[str]:
    codes = browse.catalogue(calendar, today).codes
    yield from (code_address(code) for code in codes if not code[0].isdigit())


def _localities(calendar: Calendar, today: date) -> Iterator[str]:
    for locality in geography.localities(calendar, today):
        yield reverse("codes:locality", args=[geography.key_of(locality)])


def _modifiers(calendar: Calendar, today: date) -> Iterator[str]:
    yield from (reverse("codes:modifier", args=[modifier]) for modifier in modifier_texts())


def _browse(calendar: Calendar, today: date) -> Iterator[str]:
    known = browse.catalogue(calendar, today)
    for section in SECTIONS.values():
        parts = [part for part in section.parts if known.between(part.first, part.last)]
        if parts:
            yield reverse("codes:browse_section", args=[section.slug])
        if len(section.parts) > 1:
            yield from (reverse("codes:browse_part", args=[section.slug, part.slug]) for part in parts)
    yield from (
        reverse("codes:browse_letter", args=[letter]) for letter in LETTERS if known.beginning(letter)
    )
    yield from map(rbcs_address, browse.rbcs_slugs(calendar, today))


KINDS: Mapping[str, tuple[Callable[[Calendar, date], Iterator[str]], Sequence[str]]] = {
    "pages": (_standing, tuple(Source)),
    "cpt": (_cpt, tuple(Source)),
    "hcpcs": (_hcpcs, tuple(Source)),
    "localities": (_localities, (Source.GPCI, Source.LOCALITIES, Source.PPRRVU, Source.OPPS_CAP)),
    "modifiers": (_modifiers, (Source.PPRRVU, Source.CLFS)),
    "browse": (_browse, (Source.PPRRVU, Source.HCPCS, Source.RBCS)),
}
