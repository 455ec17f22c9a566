"""Wrong passwords: how many are let pass, counted without an address or a browser.

A name is locked for a network after five, so that nobody else can keep its owner out; for everybody after fifty, which
takes ten networks; and a network is locked for every name after twenty-five. Each lock lasts 15 minutes.
"""

import ipaddress
import math
from collections.abc import Mapping
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contributions.sender import sender_of

LIMITS: Mapping[tuple[str, ...], int] = {
    ("username", "ip_address"): settings.AXES_FAILURE_LIMIT,
    ("username",): 50,
    ("ip_address",): 25,
}


def digest_of_network(request: HttpRequest) -> str:
    """In place of the address of whoever logs in: a digest of its network, with the site's key and the day in it, in
    the form of an address that no machine has (fd00::/8), since the table takes nothing else."""
    text = f"{timezone.localdate()} {sender_of(request).network}"
    digest = salted_hmac("medpayiq.log_in", text, algorithm="sha256").digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


class ForgetfulHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts in the database, so that all workers count together, and leaves out what tells of a person."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """The nearest of the three counts to its limit, as a part of AXES_FAILURE_LIMIT."""
        known = {"username": get_client_username(request, credentials), "ip_address": request.axes_ip_address}
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        return max(
            _failures(recent, {name: known[name] for name in names}) * settings.AXES_FAILURE_LIMIT // limit
            for names, limit in LIMITS.items()
        )


def _failures(attempts: Any, of: dict[str, Any]) -> int:
    return int(attempts.filter(**of).aggregate(sum=Sum("failures_since_start"))["sum"] or 0)


def locked_out(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 in words, and how many seconds to wait."""
    minutes = math.ceil(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    response = render(request, "admin/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
