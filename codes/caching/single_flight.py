"""One process makes a page that is not cached; the others show the former one for a minute, or wait for the new.

After a change of the data every page is stale at once, and a page that many ask for would be made by each process anew.
The first to miss it holds a lock in the shared cache while it makes it. Whoever comes meanwhile gets the former page,
as the CDN may show it too (`s-maxage`), if the data changed less than a minute ago; else the new one once it is there.
Where the cache is not shared, or gone, everybody makes the page.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.http import parse_http_date

from codes.caching.page_cache import CachedResponse, find, find_former
from codes.caching.turns import is_taken, turn
from codes.caching.validators import Validators

LONGEST_WAIT = 3.0
POLL_SECONDS = 0.02
FORMER_SECONDS = 60  # as long as a CDN may show it: s-maxage of CACHE_CONTROL


@contextmanager
def making(now: Validators) -> Iterator[CachedResponse | None]:
    """None where the page is to be made here, with the lock held until it is; else the page to answer with."""
    with turn(_making(now)) as is_mine:
        yield None if is_mine else _former(now) or _awaited(now)


def _former(now: Validators) -> CachedResponse | None:
    is_new = time.time() - parse_http_date(now.modified) < FORMER_SECONDS
    return find_former(now) if is_new and is_taken(_making(now)) else None


def _awaited(now: Validators) -> CachedResponse | None:
    """The page as another process makes it; None where that takes too long, or where it makes none."""
    give_up = time.monotonic() + LONGEST_WAIT
    while is_taken(_making(now)) and time.monotonic() < give_up:
        time.sleep(POLL_SECONDS)
    return find(now)


def _making(now: Validators) -> str:
    return f"making:{now.etag}"
