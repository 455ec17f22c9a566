"""An Atom feed of what releases changed."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode

from codes.links import absolute
from codes.queries.changes import ReleaseComparison
from codes.queries.releases import calendar

ENTRIES = 40
AUTHOR = "MedPayIQ"
BEFORE_ANY = datetime(1992, 1, 1, tzinfo=UTC)  # the fee schedule began then


class Feed(Atom1Feed):
    """A feed that is as old as its newest entry; without entries as old as the data, and not of this second."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return max((timezone.localtime(each.loaded_at) for each in calendar().releases), default=BEFORE_ANY)


def atom_response(
    request: HttpRequest, title: str, page: str, entries: Iterable[tuple[ReleaseComparison, str, str]]
) -> HttpResponse:
    """A feed that belongs to `page`: each entry is a comparison, its text and the address of its list."""
    address = absolute(request.get_full_path())
    feed = Feed(
        title=f"{title} · MedPayIQ",
        link=absolute(page),
        description=None,
        author_name=AUTHOR,
        feed_url=address,
        feed_guid=address,
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
