"""The older addresses for programs name the address of `/api/v1/` that follows them (RFC 5829)."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpResponse

from codes.links import absolute

AnyResponse = TypeVar("AnyResponse", bound=HttpResponse)
# The addresses by their names in codes/api/resources.py.
SUCCESSORS: Mapping[str, str] = {
    "claims": "/api/v1/claims",
    "code": "/api/v1/codes/{}",
    "edits_of_code": "/api/v1/codes/{}/edits",
    "modifier": "/api/v1/modifiers/{}",
    "modifiers": "/api/v1/modifiers",
}


def name_successor(response: AnyResponse, name: str, *words: str) -> AnyResponse:
    """The response with a Link header to an address of `/api/v1/`; its body stays as it is."""
    address = absolute(SUCCESSORS[name].format(*words))
    response.headers["Link"] = f'<{address}>; rel="successor-version"'
    return response
