"""The older addresses for programs name the address of `/api/v1/` that follows them (RFC 5829)."""

from typing import TypeVar

from django.http import HttpResponse
from django.urls import reverse

from codes.links import absolute

AnyResponse = TypeVar("AnyResponse", bound=HttpResponse)


def name_successor(response: AnyResponse, name: str, *words: str) -> AnyResponse:
    """The response with a Link header to an address of `/api/v1/`; its body stays as it is."""
    response.headers["Link"] = (
        f'<{absolute(reverse(f"codes:v1:{name}", args=words))}>; rel="successor-version"'
    )
    return response
