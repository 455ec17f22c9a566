"""The sitemap: an index, and a section a kind of page. A date is that of the last loading that such pages show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from codes.exports.files import Export, exported, in_force_at
from codes.knowledge.sections import LETTERS, SECTIONS
from codes.links import absolute, code_address
from codes.models.release import Source
from codes.queries import browse, places, releases
from codes.queries.releases import Calendar
from codes.views.browse import rbcs_addresses

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses in one file, by the protocol
EVERYTHING = tuple(Source)
GEOGRAPHY = (Source.GPCI, Source.LOCALITIES, Source.PPRRVU, Source.OPPS_CAP)
TAXONOMY = (Source.PPRRVU, Source.HCPCS, Source.RBCS)
STANDING = (
    *(
        "home",
        "browse",
        "localities",
        "compare",
        "pairs",
        "claim",
        "audit",
        "changes",
        "glossary",
        "indicators",
    ),
    *("sources", "correctness", "api", "licence"),
)


class Entry(NamedTuple):
    """An address within the site, and when what it shows last changed."""

    address: str
    changed: datetime | None


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: the sections, each with the date of its newest page."""
    calendar = releases.calendar()
    entries = [
        Entry(reverse("codes:sitemap", args=[name]), _changed(calendar, section.sources))
        for name, section in KINDS.items()
    ]
    return HttpResponse(_xml("sitemapindex", "sitemap", entries), content_type="application/xml")


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponseBase:
    """One section."""
    if section not in KINDS:
        raise Http404
    calendar, today = releases.calendar(), timezone.localdate()

    def write(file: IO[bytes]) -> None:
        file.write(_xml("urlset", "url", islice(KINDS[section].entries(calendar), MOST)).encode())

    decided_by = ("sitemap", section, settings.SITE_URL, in_force_at(calendar, today))
    return exported(
        request, Export(f"sitemap-{section}.xml", "application/xml", decided_by, write, is_attachment=False)
    )


def _standing(calendar: Calendar) -> Iterator[Entry]:
    """Pages that stand whatever is loaded; only those that list what is loaded have a date."""
    for name in STANDING:
        changed = _changed(calendar, EVERYTHING) if name == "sources" else None
        yield Entry(reverse(f"codes:{name}"), changed)


def _cpt(calendar: Calendar) -> Iterator[Entry]:
    return _codes(calendar, is_cpt=True)


def _hcpcs(calendar: Calendar) -> Iterator[Entry]:
    return _codes(calendar, is_cpt=False)


def _codes(calendar: Calendar, is_cpt: bool) -> Iterator[Entry]:
    changed = _changed(calendar, EVERYTHING)
    for code in browse.catalogue(calendar, timezone.localdate()).codes:
        if code[0].isdigit() == is_cpt:
            yield Entry(code_address(code), changed)


def _localities(calendar: Calendar) -> Iterator[Entry]:
    changed = _changed(calendar, GEOGRAPHY)
    for place in places.localities(calendar, timezone.localdate()):
        yield Entry(reverse("codes:locality", args=[places.key_of(place)]), changed)


def _browse(calendar: Calendar) -> Iterator[Entry]:
    changed, today = _changed(calendar, TAXONOMY), timezone.localdate()
    known = browse.catalogue(calendar, today)
    for section in SECTIONS.values():
        parts = [part for part in section.parts if known.between(part.first, part.last)]
        if parts:
            yield Entry(reverse("codes:browse_section", args=[section.slug]), changed)
        if len(section.parts) > 1:
            for part in parts:
                yield Entry(reverse("codes:browse_part", args=[section.slug, part.slug]), changed)
    for letter in LETTERS:
        if known.beginning(letter):
            yield Entry(reverse("codes:browse_letter", args=[letter]), changed)
    for address in rbcs_addresses(calendar, today):
        yield Entry(address, changed)


class Kind(NamedTuple):
    """A section of the sitemap, and the sources that its newest page shows."""

    entries: Callable[[Calendar], Iterator[Entry]]
    sources: Sequence[str]


KINDS = {
    "pages": Kind(_standing, EVERYTHING),
    "cpt": Kind(_cpt, EVERYTHING),
    "hcpcs": Kind(_hcpcs, EVERYTHING),
    "localities": Kind(_localities, GEOGRAPHY),
    "browse": Kind(_browse, TAXONOMY),
}


def _changed(calendar: Calendar, sources: Sequence[str]) -> datetime | None:
    return max((each.loaded_at for each in calendar.releases if each.source in sources), default=None)


def _xml(root: str, each: str, entries: Iterable[Entry]) -> str:
    body = "".join(
        f"<{each}><loc>{escape(absolute(entry.address))}</loc>{_lastmod(entry.changed)}</{each}>\n"
        for entry in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n{body}</{root}>\n'


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
