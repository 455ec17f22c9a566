"""New releases come into force in one process after the other, as in a rolling update.

What all pages read of the whole data (the catalogue of codes, the fee schedule) a process must read anew after a load,
which takes it a third of a second. If all did so at once, with the next request, visitors would queue behind them. So
each waits for its turn, reads between two requests, and answers meanwhile with the former releases, as it would have
done a moment before: pages that it must make so are provisional, and nothing keeps them.
"""

from collections.abc import Callable
from time import monotonic

from codes.caching.turns import turn
from codes.caching.versions import VersionCache, Versions, clear_versioned_caches

RELEASES = "data"
MOST_SECONDS_BEHIND = 5.0
SECONDS_BETWEEN = 1.0  # so that one process catches up with its visitors before the next leaves its own


class RollingVersions:
    """The versions that a process answers with: the newest, or for some seconds those of the former releases."""

    def __init__(self, prepare: Callable[[], object] | None = None) -> None:
        """Without `prepare` there is nothing to wait for."""
        self.newest = VersionCache()
        self._prepare = prepare
        self._known: Versions | None = None
        self._newest_at = 0.0  # when those known were the newest
        self.are_former = False  # whether newer releases are in force already

    def __call__(self) -> Versions:
        newest = self.newest()
        if self._known is None or not self._may_be_behind(newest, self._known):
            return self._answer_with(newest)
        self.are_former = True
        return self._known

    def go_over(self) -> None:
        """Prepare for the newest releases and answer with them from now on; nothing where another process is at it."""
        with turn("turn:releases", rest=SECONDS_BETWEEN) as is_mine:
            if is_mine and self._prepare:
                newest = self.newest()
                clear_versioned_caches()  # what was read of the former releases nobody asks for again
                self._prepare()
                self._answer_with(newest)

    def clear(self) -> None:
        """Read anew when they are asked for next."""
        self.newest.clear()

    def _answer_with(self, newest: Versions) -> Versions:
        self._known, self._newest_at, self.are_former = newest, monotonic(), False
        return newest

    def _may_be_behind(self, newest: Versions, known: Versions) -> bool:
        """Not for longer than was said, and so not after an hour in which nobody came."""
        is_changed = _of_releases(newest) != _of_releases(known)
        return (
            self._prepare is not None and is_changed and monotonic() - self._newest_at < MOST_SECONDS_BEHIND
        )


def _of_releases(known: Versions) -> Versions:
    return tuple(row for row in known if row[0] == RELEASES)
