"""Atom feeds of what releases changed: of all sources or one, and of one code."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from codes.exports.errors import refused
from codes.exports.feeds import ENTRIES, atom_response, list_address
from codes.links import canonical_redirect, code_address
from codes.parsing.code_shapes import is_code
from codes.queries import changes, releases
from codes.queries.changes import OfCode
from codes.queries.known_codes import is_known
from codes.views.not_found import code_not_found


@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """One entry for each release that was compared with its forerunner, latest first; `?source=` for one source."""
    calendar = releases.calendar()
    wanted = request.GET.get("source", "")
    sources = [source for source in changes.SOURCES if wanted in ("", source.value)]
    if not sources:
        known = ", ".join(source.value for source in changes.SOURCES)
        return refused(request, {"source": [f'"{wanted[:40]}" is not one of {known}.']})
    compared = [
        each
        for source in sources
        for each in changes.comparisons(calendar, source)
        if each.former is not None
    ]
    compared.sort(key=lambda each: each.release.effective_from, reverse=True)
    title = f"What changed: {sources[0].label}" if wanted else "What changed in Medicare's billing files"
    entries = [(each, f"{each.words}.", list_address(each)) for each in compared[:ENTRIES]]
    return atom_response(request, title, reverse("codes:changes"), entries)


@require_safe
def code_changes_feed(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """One entry for each release that changed a code, with the changes as sentences."""
    if moved := canonical_redirect(system, typed, request.GET, "_changes_feed"):
        return moved
    calendar = releases.calendar()
    parts = changes.of_code(calendar, typed) if is_code(typed) else []
    if not is_code(typed) or not (parts or is_known(calendar, typed)):
        return code_not_found(request, typed)
    compared = [(part, part.comparison) for part in parts[:ENTRIES]]
    entries = [(each, _sentences(part), list_address(each, typed)) for part, each in compared]
    return atom_response(request, f"What changed in {typed}", code_address(typed, "_changes"), entries)


def _sentences(part: OfCode) -> str:
    further = part.total - len(part.changes)
    more = [f"And {further:,} more"] if further else []
    return ". ".join([*(each.sentence for each in part.changes), *more]) + "."
