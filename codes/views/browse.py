"""Browsing: by CPT section, by HCPCS letter, by RBCS category. Each list leads to the pages of its codes."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.knowledge.sections import LETTERS, SECTIONS, Part, Section, place_of
from codes.links import page_address, rbcs_address
from codes.queries import browse as queries
from codes.queries import releases
from codes.queries.names import names_of
from codes.queries.releases import Calendar


class Link(NamedTuple):
    """A way on: its title, its address, how many codes it leads to, and their range where it has one."""

    title: str
    address: str
    codes: int = 0
    extent: str = ""


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The three ways in."""
    calendar, today = releases.calendar(), timezone.localdate()
    known = queries.catalogue(calendar, today)
    letters = [_letter(known, letter) for letter in LETTERS]
    context = {
        "calendar": calendar,
        "sections": [link for section in SECTIONS.values() if (link := _section(known, section)).codes],
        "letters": [link for link in letters if link.codes],
        "categories": _rbcs_children(calendar, today, ()),
    }
    return render(request, "codes/browse.html", context)


@require_safe
def browse_section(request: HttpRequest, section: str, part: str = "") -> HttpResponse:
    """A section with its parts, or a part with its codes."""
    found = SECTIONS.get(section)
    if found is None:
        raise Http404
    calendar = releases.calendar()
    known = queries.catalogue(calendar, timezone.localdate())
    parts = {each.slug: each for each in found.parts}
    if not part and len(parts) > 1:
        children = [link for each in parts.values() if (link := _part(known, found, each)).codes]
        return _page(request, calendar, found.title, [], children)
    chosen = parts.get(part) if part else found.parts[0]
    if chosen is None:
        raise Http404
    above = [_section(known, found)] if part else []
    title = chosen.title if part else found.title
    return _page(request, calendar, title, above, [], known.between(chosen.first, chosen.last))


@require_safe
def browse_letter(request: HttpRequest, letter: str) -> HttpResponse:
    """The HCPCS Level II codes of a letter."""
    if letter not in LETTERS:
        raise Http404
    calendar = releases.calendar()
    codes = queries.catalogue(calendar, timezone.localdate()).beginning(letter)
    return _page(request, calendar, f"HCPCS {letter}: {LETTERS[letter]}", [], [], codes)


@require_safe
def browse_rbcs(request: HttpRequest, path: str) -> HttpResponse:
    """A category, subcategory or family of CMS's RBCS taxonomy."""
    calendar, today = releases.calendar(), timezone.localdate()
    slugs = tuple(path.strip("/").split("/"))
    filed = queries.families(calendar, today)
    codes = [code for code, family in filed.items() if queries.slugs_of(family)[: len(slugs)] == slugs]
    if not codes:
        raise Http404
    titles = _titles(filed[codes[0]])
    above = [Link(titles[depth], rbcs_address(slugs[: depth + 1])) for depth in range(len(slugs) - 1)]
    title = titles[len(slugs) - 1]
    if len(slugs) < 3:
        return _page(request, calendar, title, above, _rbcs_children(calendar, today, slugs))
    return _page(request, calendar, title, above, [], codes)


def crumbs(code: str) -> list[Link]:
    """The way to a code: section and part, or letter."""
    if not code[0].isdigit():
        return (
            [Link(f"HCPCS {code[0]}", reverse("codes:browse_letter", args=[code[0]]))]
            if code[0] in LETTERS
            else []
        )
    found = place_of(code)
    if found is None:
        return []
    section, part = found
    links = [Link(section.title, page_address("codes:browse_section", section.slug))]
    if len(section.parts) > 1:
        links.append(Link(part.title, page_address("codes:browse_part", section.slug, part.slug)))
    return links


def filing(calendar: Calendar, code: str, at: date) -> list[Link]:
    """The RBCS category, subcategory and family of a code as links; none where no list of codes holds it."""
    filed = queries.family_of(calendar, code, at)
    if filed is None or code not in queries.catalogue(calendar, at):
        return []
    depths = range(3 if filed.family else 2)
    return [
        Link(_titles(filed)[depth], rbcs_address(queries.slugs_of(filed)[: depth + 1])) for depth in depths
    ]


def _titles(family: queries.Family) -> tuple[str, str, str]:
    return family.category, family.subcategory, family.family or "Outside CMS's families"


def _section(known: queries.Catalogue, section: Section) -> Link:
    count = sum(len(known.between(part.first, part.last)) for part in section.parts)
    address = reverse("codes:browse_section", args=[section.slug])
    extent = f"{section.parts[0].first} to {section.parts[-1].last}"
    return Link(section.title, address, count, extent)


def _part(known: queries.Catalogue, section: Section, part: Part) -> Link:
    address = reverse("codes:browse_part", args=[section.slug, part.slug])
    return Link(
        part.title, address, len(known.between(part.first, part.last)), f"{part.first} to {part.last}"
    )


def _letter(known: queries.Catalogue, letter: str) -> Link:
    address = reverse("codes:browse_letter", args=[letter])
    return Link(LETTERS[letter], address, len(known.beginning(letter)), letter)


def _rbcs_children(calendar: Calendar, at: date, slugs: tuple[str, ...]) -> list[Link]:
    """What stands one level below `slugs` in the taxonomy, with its count of codes."""
    depth = len(slugs)
    filed = queries.families(calendar, at).values()
    below = Counter(family[: depth + 1] for family in filed if queries.slugs_of(family)[:depth] == slugs)
    links = []
    for names, count in sorted(below.items(), key=lambda each: (not each[0][depth], each[0])):
        whole = queries.Family(*names, *[""] * (2 - depth))
        links.append(Link(_titles(whole)[depth], rbcs_address(queries.slugs_of(whole)[: depth + 1]), count))
    return links


def _page(
    request: HttpRequest,
    calendar: Calendar,
    title: str,
    above: list[Link],
    children: list[Link],
    codes: Collection[str] = (),
) -> HttpResponse:
    sheets = queries.sheets(list(codes), request.GET.get("from", "")[:5].upper())
    shown = next((sheet.codes for sheet in sheets if sheet.is_current), ())
    names = names_of(calendar, shown, timezone.localdate())
    context: dict[str, Any] = {
        "calendar": calendar,
        "title": title,
        "above": above,
        "children": children,
        "total": len(codes) or sum(child.codes for child in children),
        "sheets": sheets if len(sheets) > 1 else [],
        "rows": [(code, names.get(code, "")) for code in shown],
    }
    return render(request, "codes/browse_part.html", context)
