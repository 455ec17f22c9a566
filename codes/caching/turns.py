"""What one process of all does at a time: a lock in the cache that they share."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

LOCK_SECONDS = 10  # longer than anything done in turn takes; a process that died holds nobody back after it


@contextmanager
def turn(what: str, *, rest: float = 0.0) -> Iterator[bool]:
    """Whether it is this process's turn: no other is at it until the block ends, and for `rest` seconds more. Where the
    cache is not shared, or gone, everybody's turn comes at once."""
    is_mine = cache.add(what, 1, LOCK_SECONDS)
    try:
        yield is_mine
    finally:
        if is_mine and rest:
            cache.set(what, 1, rest)
        elif is_mine:
            cache.delete(what)


def is_taken(what: str) -> bool:
    """Whether a process is at it."""
    return bool(cache.get(what))
