"""The settings of this app: the only place that reads them. Their defaults are in medpayiq/settings.py.

- REPORT_PROXY_HOPS: how many proxies stand before the site and append to X-Forwarded-For (0: none is believed).
- REPORT_LIMITS: reports that one network may send, "6/hour;20/day".
- REPORT_BURST: reports on one code after which more are held for staff, "20/hour".
- SIGNUP_LIMITS: sign-ups for the toolkit that one network may send, "6/hour;20/day".
- MAIL_LIMITS: mails that one address may get by signing up, "2/hour;3/day".
- MAIL_TOTAL: mails that all sign-ups together may cause, "500/day".
- REPORTS_LOCAL_MODE: on one machine nothing tells reporters apart, so that each report counts as one of its own.
  True where MODE is local; never in production, whatever it says.
"""

from django.conf import settings

from contributions.reports.choices import ReporterKind


def proxy_hops() -> int:
    """The number of proxies whose entry in X-Forwarded-For is believed."""
    return int(settings.REPORT_PROXY_HOPS)


def report_limits() -> str:
    """Limits a network, as the limits library writes them."""
    return str(settings.REPORT_LIMITS)


def burst_limit() -> str:
    """The limit a code past which reports are held."""
    return str(settings.REPORT_BURST)


def signup_limits() -> str:
    """Limits a network on sign-ups for the toolkit."""
    return str(settings.SIGNUP_LIMITS)


def mail_limits() -> str:
    """Limits an address on the mails that a sign-up sends."""
    return str(settings.MAIL_LIMITS)


def mail_total() -> str:
    """The limit on the mails of all sign-ups together."""
    return str(settings.MAIL_TOTAL)


def forced_local_mode() -> bool:
    """Whether the settings ask for local mode, rightly or not; a system check looks at this."""
    return bool(getattr(settings, "REPORTS_LOCAL_MODE", settings.MODE == "local"))


def local_mode() -> bool:
    """Whether each report counts as a reporter of its own. Production never does."""
    return forced_local_mode() and not settings.PRODUCTION and settings.MODE == "local"


def kinds() -> list[str]:
    """The kinds of reporters that count: a public site leaves out what local mode or the sample left behind."""
    return list(ReporterKind.values) if local_mode() else [ReporterKind.COUNTED]
