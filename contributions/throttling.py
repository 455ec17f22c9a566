"""Limits on what one network may send, and on what one code may take before a person looks.

Counted in the Redis of CACHE_URL, or in this process's memory: then each worker process counts for itself. The
keys are digests of the network, made with the site's secret key; they are gone with the hour or the day.
"""

from functools import cache

from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse, parse_many
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from contributions import options
from contributions.sender import Sender

_NETWORK, _CODE = "reports-of-network", "reports-on-code"


def admit(sender: Sender) -> bool:
    """Count one report of this network, if it may send one more now. The shortest limit is asked first, so that
    what the hour refuses does not use up the day."""
    mark = _mark(sender)
    return all(_limiter().hit(item, _NETWORK, mark) for item in _limits(options.report_limits()))


def is_burst(code: str) -> bool:
    """Count one report on `code`; True if it is one too many for this hour, so that a person should look."""
    return not _limiter().hit(parse(options.burst_limit()), _CODE, code)


def forget_everything() -> None:
    """Forget all that was counted."""
    _storage(options.cache_address()).reset()


def _mark(sender: Sender) -> str:
    return salted_hmac("contributions.throttling", sender.network, algorithm="sha256").hexdigest()[:32]


def _limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(_storage(options.cache_address()))


@cache
def _storage(address: str) -> Storage:
    return MemoryStorage() if address == options.MEMORY else RedisStorage(address)


@cache
def _limits(text: str) -> tuple[RateLimitItem, ...]:
    return tuple(sorted(parse_many(text)))
