"""How many requests a network may send to `/api/v1/`, and the headers that tell it what is left."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, QueryDict

from codes import throttling
from codes.api.problems import Problem

LINES_A_REQUEST = 20  # so many codes or claim lines count as one request
_WHAT = "api-requests-of-network"


def admit(request: HttpRequest, parameters: QueryDict) -> Mapping[str, str]:
    """Count the request; the headers that say what is left. Raises Problem 429 where nothing is."""
    window = throttling.count_request(request, settings.API_LIMITS, _WHAT, cost_of(parameters))
    headers = {
        "RateLimit-Limit": str(window.limit),
        "RateLimit-Remaining": str(window.remaining),
        "RateLimit-Reset": str(window.resets_in),
        "RateLimit-Policy": f"{window.limit};w={window.seconds}",
    }
    request.rate_limit_headers = headers  # type: ignore[attr-defined]
    if not window.is_admitted:
        headers["Retry-After"] = str(window.resets_in)
        raise Problem(
            429, "too-many-requests", f"{window.limit} requests in {window.seconds} seconds are allowed."
        )
    return headers


def cost_of(parameters: QueryDict) -> int:
    """As how many requests one counts: one for every twenty lines begun."""
    lines = max(parameters.get(name, "").count(",") for name in ("codes", "lines"))
    return 1 + lines // LINES_A_REQUEST
