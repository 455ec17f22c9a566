"""The settings of this app, with their defaults: the only place that reads them.

- REPORT_PROXY_HOPS: how many proxies stand before the site and append to X-Forwarded-For (0: none is believed).
- REPORT_LIMITS: reports that one network may send, "6/hour;20/day".
- REPORT_BURST: reports on one code after which more are held for staff, "20/hour".
- SIGNUP_LIMITS: sign-ups for the toolkit that one network may send, "6/hour;20/day".
- MAIL_LIMITS: mails that one address may get by signing up, "2/hour;3/day".
- REPORTS_LOCAL_MODE: on one machine nothing tells reporters apart, so that each report counts as one of its own.
  True where MODE is local; never in production, whatever it says.
"""

from typing import Any

from django.conf import settings

from contributions.choices import Kind

MEMORY = "memory"


def _option(name: str, default: Any) -> Any:
    return getattr(settings, name, default)


def proxy_hops() -> int:
    """The number of proxies whose entry in X-Forwarded-For is believed."""
    return int(_option("REPORT_PROXY_HOPS", 0))


def report_limits() -> str:
    """Limits a network, as the limits library writes them."""
    return str(_option("REPORT_LIMITS", "6/hour;20/day"))


def burst_limit() -> str:
    """The limit a code past which reports are held."""
    return str(_option("REPORT_BURST", "20/hour"))


def signup_limits() -> str:
    """Limits a network on sign-ups for the toolkit."""
    return str(_option("SIGNUP_LIMITS", "6/hour;20/day"))


def mail_limits() -> str:
    """Limits an address on the mails that a sign-up sends."""
    return str(_option("MAIL_LIMITS", "2/hour;3/day"))


def forced_local_mode() -> bool:
    """Whether the settings ask for local mode, rightly or not; a system check looks at this."""
    return bool(_option("REPORTS_LOCAL_MODE", settings.MODE == "local"))


def local_mode() -> bool:
    """Whether each report counts as a reporter of its own. Production never does."""
    return forced_local_mode() and not settings.PRODUCTION and settings.MODE == "local"


def kinds() -> list[str]:
    """The kinds of reporters that count: a public site leaves out what local mode or the sample left behind."""
    return list(Kind.values) if local_mode() else [Kind.COUNTED]


def cache_address() -> str:
    """Where limits are counted: the Redis of the cache, or this process's memory."""
    location = settings.CACHES["default"].get("LOCATION", "")
    address = location[0] if isinstance(location, list | tuple) and location else location
    return str(address) if str(address).startswith(("redis://", "rediss://", "unix://")) else MEMORY
