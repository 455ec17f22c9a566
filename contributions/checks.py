"""What the site refuses to start with."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register

from contributions import options
from contributions.reports import anonymity

FEWEST = 5


@register()
def five_means_five(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """DENIAL_MINIMUM may be raised, never lowered: visitors were promised five."""
    if anonymity.DENIAL_MINIMUM >= FEWEST:
        return []
    return [
        Error(
            f"DENIAL_MINIMUM is {anonymity.DENIAL_MINIMUM}; it must be {FEWEST} or more.",
            id="contributions.E001",
        )
    ]


@register()
def local_mode_stays_local(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """In local mode each report counts as a reporter: on a public site that would break the rule of five."""
    if not options.forced_local_mode() or options.local_mode():
        return []
    text = "REPORTS_LOCAL_MODE counts each report as a separate reporter; a production site must not set it."
    return [Error(text, id="contributions.E002")]


@register(deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Behind a proxy that is not counted every visitor has the proxy's network: all are one reporter."""
    if options.proxy_hops() > 0 or not getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return []
    text = "BEHIND_TLS_PROXY is set and REPORT_PROXY_HOPS is 0: all visitors would count as one reporter."
    return [Error(text, hint="Set it to the number of proxies before the site.", id="contributions.E003")]


@register(deploy=True)
def mail_can_go_out(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """A public site that sends no mail works, but whoever signs up for the toolkit waits in vain."""
    messages = []
    if not settings.POSTAL_ADDRESS:
        text = "POSTAL_ADDRESS is not set: no toolkit mail is sent, and whoever signs up waits for one."
        hint = (
            "Each mail must carry it (CAN-SPAM Act, 15 U.S.C. 7704(a)(5)): POSTAL_ADDRESS=1 Main Street, ..."
        )
        messages.append(Info(text, hint=hint, id="contributions.I001"))
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        text = "EMAIL_URL is not set: toolkit mails, with their addresses, go to the console."
        messages.append(Info(text, id="contributions.I002"))
    return messages
