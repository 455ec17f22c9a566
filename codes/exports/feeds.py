"""An Atom feed of what releases changed."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode

from codes.links import absolute
from codes.queries.changes import ReleaseComparison

ENTRIES = 40


def atom_response(
    request: HttpRequest, title: str, page: str, entries: Iterable[tuple[ReleaseComparison, str, str]]
) -> HttpResponse:
    """A feed that belongs to `page`: each entry is a comparison, its text and the address of its list."""
    feed = Atom1Feed(
        title=f"{title} · MedPayIQ",
        link=absolute(page),
        description=None,
        feed_url=absolute(request.get_full_path()),
        subtitle="Each entry is a CMS release against the one before it.",
    )
    for comparison, text, address in entries:
        _add(feed, comparison, text, absolute(address))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def list_address(comparison: ReleaseComparison, code: str = "") -> str:
    """The address of the list of a release's changes, or of those that touch a code."""
    query = {"source": comparison.release.source, "since": comparison.release.effective_from.isoformat()}
    return f"{reverse('codes:changes')}?{urlencode(query | ({'code': code} if code else {}))}"


def _add(feed: Atom1Feed, comparison: ReleaseComparison, text: str, link: str) -> None:
    release, former = comparison.release, comparison.former and comparison.former.name
    feed.add_item(
        title=f"{release.get_source_display()}, {release.name}",
        link=link,
        description=f"In force from {release.effective_from}; compared with {former}. {text}",
        unique_id=link,
        pubdate=timezone.localtime(release.loaded_at),
        updateddate=timezone.localtime(release.loaded_at),
    )
