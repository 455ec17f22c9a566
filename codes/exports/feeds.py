"""Atom feeds of what releases changed: of all sources or one, and of one code."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from codes.links import absolute, canonical_redirect, code_address
from codes.parsing.code_shapes import is_code
from codes.queries import changes, releases
from codes.queries.changes import OfCode, ReleaseComparison
from codes.queries.known_codes import is_known
from codes.views.errors import refused
from codes.views.not_found import code_not_found

ENTRIES = 40


@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """One entry for each release that was compared with its forerunner, latest first; `?source=` for one source."""
    calendar = releases.calendar()
    asked = request.GET.get("source", "")
    sources = [source for source in changes.SOURCES if asked in ("", source.value)]
    if not sources:
        known = ", ".join(source.value for source in changes.SOURCES)
        return refused(request, {"source": [f'"{asked[:40]}" is not one of {known}.']})
    compared = [
        each
        for source in sources
        for each in changes.comparisons(calendar, source)
        if each.former is not None
    ]
    compared.sort(key=lambda each: each.release.effective_from, reverse=True)
    title = f"What changed: {sources[0].label}" if asked else "What changed in Medicare's billing files"
    feed = _feed(request, title, reverse("codes:changes"))
    for each in compared[:ENTRIES]:
        _add(request, feed, each, f"{each.words}.", list_address(each))
    return _response(feed)


@require_safe
def code_changes_feed(request: HttpRequest, system: str, typed: str) -> HttpResponse:
    """One entry for each release that changed a code, with the changes as sentences."""
    if moved := canonical_redirect(system, typed, request.GET, "_changes_feed"):
        return moved
    calendar = releases.calendar()
    parts = changes.of_code(calendar, typed) if is_code(typed) else []
    if not is_code(typed) or not (parts or is_known(calendar, typed)):
        return code_not_found(request, typed)
    feed = _feed(request, f"What changed in {typed}", code_address(typed, "_changes"))
    for part in parts[:ENTRIES]:
        _add(request, feed, part.comparison, _sentences(part), list_address(part.comparison, typed))
    return _response(feed)


def list_address(comparison: ReleaseComparison, code: str = "") -> str:
    """The address of the list of a release's changes, or of those that touch a code."""
    asked = {"source": comparison.release.source, "since": comparison.release.effective_from.isoformat()}
    return f"{reverse('codes:changes')}?{urlencode(asked | ({'code': code} if code else {}))}"


def _sentences(part: OfCode) -> str:
    further = part.total - len(part.changes)
    sentences: Iterable[str] = [each.sentence for each in part.changes]
    return ". ".join([*sentences, *([f"And {further:,} more"] if further else [])]) + "."


def _feed(request: HttpRequest, title: str, page: str) -> Atom1Feed:
    return Atom1Feed(
        title=f"{title} · MedPayIQ",
        link=absolute(page),
        description=None,
        feed_url=absolute(request.get_full_path()),
        subtitle="Each entry is a CMS release against the one before it.",
    )


def _add(request: HttpRequest, feed: Atom1Feed, each: ReleaseComparison, text: str, address: str) -> None:
    release, link = each.release, absolute(address)
    feed.add_item(
        title=f"{release.get_source_display()}, {release.name}",
        link=link,
        description=f"In force from {release.effective_from}; compared with {each.former and each.former.name}. {text}",
        unique_id=link,
        pubdate=timezone.localtime(release.loaded_at),
        updateddate=timezone.localtime(release.loaded_at),
    )


def _response(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
