"""Limits on what one network may send, and on what one code may take before a person looks.

Counted in the Redis of CACHE_URL, or in this process's memory: then each worker process counts for itself. The
keys are digests of the network or the mail address, made with the site's secret key; they are gone with the hour or
the day.
"""

import logging
from functools import cache
from typing import Any

from django.utils.crypto import salted_hmac
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from contributions import options
from contributions.sender import Sender

logger = logging.getLogger(__name__)
_NETWORK, _CODE = "reports-of-network", "reports-on-code"
_SIGNUPS, _MAILS, _ALL_MAILS = "signups-of-network", "mails-to-address", "mails-of-signups"


def admit(sender: Sender) -> bool:
    """Count one report of this network, if it may send one more now. The shortest limit is asked first, so that
    what the hour refuses does not use up the day."""
    return _hit(options.report_limits(), _NETWORK, _mark(sender))


def is_burst(code: str) -> bool:
    """Count one report on `code`; True if it is one too many for this hour, so that a person should look."""
    return not _hit(options.burst_limit(), _CODE, code)


def admit_signup(sender: Sender) -> bool:
    """Count one sign-up for the toolkit of this network, if it may send one more now."""
    return _hit(options.signup_limits(), _SIGNUPS, _mark(sender))


def admit_mail(address: str) -> bool:
    """Count one mail to an address that asked, if it may get one more now: nobody is to be flooded by others."""
    return _hit(options.mail_limits(), _MAILS, _digest(address))


def admit_mail_of_all() -> bool:
    """Count one mail that a sign-up causes, if the site may send one more of them today."""
    return _hit(options.mail_total(), _ALL_MAILS, "")


def _hit(limits: str, what: str, mark: str) -> bool:
    return all(_count(item, what, mark) for item in _limits(limits))


def forget_everything() -> None:
    """Forget all that was counted."""
    _storage(options.cache_address()).reset()


def _mark(sender: Sender) -> str:
    return _digest(sender.network)


def _digest(text: str) -> str:
    return salted_hmac("contributions.throttling", text, algorithm="sha256").hexdigest()[:32]


def _count(item: RateLimitItem, *identifiers: str) -> bool:
    """Count once; while Redis is gone, in this process's memory: a limit that is coarser, and still one."""
    try:
        return FixedWindowRateLimiter(_storage(options.cache_address())).hit(item, *identifiers)
    except StorageError:
        logger.warning("Redis does not answer; reports are counted in memory.")
        return FixedWindowRateLimiter(_storage(options.MEMORY)).hit(item, *identifiers)


@cache
def _storage(address: str) -> Storage:
    if address == options.MEMORY:
        return MemoryStorage()
    timeouts: dict[str, Any] = {"socket_connect_timeout": 0.25, "socket_timeout": 0.5}
    return RedisStorage(address, wrap_exceptions=True, **timeouts)


@cache
def _limits(text: str) -> tuple[RateLimitItem, ...]:
    return tuple(sorted(parse_many(text)))
