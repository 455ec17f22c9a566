"""Limits on what one network may send, counted for all processes together.

Counted in the Redis that LIMITS_URL names, else in a small file of their own: never in the cache of pages, where asking
for pages would erase them, and never in the database, which a load may keep busy. Keys are digests made with the
site's secret key; they are gone with the hour or the day.
"""

import logging
import math
import sqlite3
import time
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from codes.client_network import network_asking

logger = logging.getLogger(__name__)
AN_HOUR = 3600
TABLE = "CREATE TABLE IF NOT EXISTS counted (key TEXT PRIMARY KEY, number INTEGER, until REAL) WITHOUT ROWID"
COUNT = (
    "INSERT INTO counted VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET number = number + excluded.number "
    "RETURNING number"
)


class FileStorage(Storage):
    """Counts in a SQLite file that all processes of a machine share."""

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__(wrap_exceptions=True)
        self._path = path

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the limits library wraps: a full disk, a file that stays locked."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and forget what is over; the new number."""
        now = time.time()
        with closing(self._open()) as file, file:
            file.execute("DELETE FROM counted WHERE until <= ?", [now])
            return int(file.execute(COUNT, [key, amount, now + expiry]).fetchone()[0])

    def get(self, key: str) -> int:
        """The number counted in this window."""
        return int(self._read("number", key))

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        return self._read("until", key) or time.time()

    def check(self) -> bool:
        """Whether the file can be read."""
        self.get("")
        return True

    def reset(self) -> int:
        """Forget everything; how many counts there were."""
        with closing(self._open()) as file, file:
            return file.execute("DELETE FROM counted").rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with closing(self._open()) as file, file:
            file.execute("DELETE FROM counted WHERE key = ?", [key])

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path, timeout=2)
        file.execute("PRAGMA synchronous=OFF")  # counts of an hour need not outlive a power cut
        file.execute(TABLE)
        return file

    def _read(self, column: str, key: str) -> float:
        select = f"SELECT {column} FROM counted WHERE key = ? AND until > ?"
        with closing(self._open()) as file:
            found = file.execute(select, [key, time.time()]).fetchone()
        return float(found[0]) if found else 0.0


def admit_request(request: HttpRequest, limits: str, what: str) -> bool:
    """Count one `what` of the network that asks, if it may send one more now."""
    return admit(limits, what, network_asking(request, settings.REPORT_PROXY_HOPS))


def admit(limits: str, what: str, who: str) -> bool:
    """Count one `what` of somebody, if there may be one more now. The shortest limit is asked first, so that what the
    hour refuses does not use up the day."""
    return all(_count(item, what, digest(who)) for item in _limits(limits))


class Window(NamedTuple):
    """What a network may still send: `remaining` of `limit` in a window of so many `seconds`, which ends in
    `resets_in` seconds; and whether the request just counted was within it."""

    is_admitted: bool
    limit: int
    remaining: int
    resets_in: int
    seconds: int


def count_request(request: HttpRequest, limits: str, what: str, cost: int = 1) -> Window:
    """Count a request of the network that asks as `cost` many; the window that has the least left."""
    who = digest(network_asking(request, settings.REPORT_PROXY_HOPS))
    return min((_window(item, what, who, cost) for item in _limits(limits)), key=_left)


def _left(window: Window) -> tuple[bool, float]:
    return window.is_admitted, window.remaining / window.limit


def _window(item: RateLimitItem, what: str, who: str, cost: int) -> Window:
    for store in (storage, _memory):
        try:
            limiter = FixedWindowRateLimiter(store())
            admitted = limiter.hit(item, what, who, cost=cost)
            stats = limiter.get_window_stats(item, what, who)
        except StorageError:
            logger.warning("The limits cannot be counted; they are counted in memory.")
            continue
        ends_in = max(1, math.ceil(stats.reset_time - time.time()))
        return Window(admitted, item.amount, max(0, stats.remaining), ends_in, item.get_expiry())
    raise AssertionError("memory can always be counted in")


def forget_everything() -> None:
    """Forget all that was counted."""
    storage().reset()


def storage() -> Storage:
    """Where is counted: the Redis of LIMITS_URL, or the file."""
    return _storage(settings.LIMITS_URL or str(settings.LIMITS_FILE))


def digest(text: str) -> str:
    """What stands for a network or an address in a key: nobody can tell it from that."""
    return salted_hmac("contributions.throttling", text, algorithm="sha256").hexdigest()[:32]


def _count(item: RateLimitItem, *identifiers: str) -> bool:
    """Count once; where there is nowhere to, in this process's memory: a limit that is coarser, and still one."""
    try:
        return FixedWindowRateLimiter(storage()).hit(item, *identifiers)
    except StorageError:
        logger.warning("The limits cannot be counted; they are counted in memory.")
        return FixedWindowRateLimiter(_memory()).hit(item, *identifiers)


@cache
def _memory() -> Storage:
    return MemoryStorage()


@cache
def _storage(address: str) -> Storage:
    if "://" not in address:
        return FileStorage(Path(address))
    timeouts: dict[str, Any] = {"socket_connect_timeout": 0.25, "socket_timeout": 0.5}
    return RedisStorage(address, wrap_exceptions=True, **timeouts)


@cache
def _limits(text: str) -> tuple[RateLimitItem, ...]:
    return tuple(sorted(parse_many(text)))
