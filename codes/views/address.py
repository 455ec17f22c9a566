"""Addresses of code pages: what a visitor typed, and where it belongs."""

import re
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse

from codes.queries.code import is_code, system_of

TYPED = re.compile(r"([0-9A-Za-z]{5})(?:[\s-]+([0-9A-Za-z]{2}))?")


def split_typed(typed: str) -> tuple[str, str] | None:
    """("99213", "25") from "99213-25"; ("J1100", "") from " j1100 "; None where it is not a code."""
    found = TYPED.fullmatch(typed.strip())
    if not found or not is_code(found[1].upper()):
        return None
    return found[1].upper(), (found[2] or "").upper()


@lru_cache(maxsize=4096)
def code_address(code: str, suffix: str = "") -> str:
    """The canonical address of a code: "/cpt/76376/", or "/cpt/76376.json" with a suffix."""
    return reverse(f"codes:code{suffix}", args=[system_of(code), code])


def misplaced(
    system: str, typed: str, parameters: QueryDict, suffix: str = ""
) -> HttpResponsePermanentRedirect | None:
    """A redirect where the address is not the canonical one: lower case, spaces, 99213-25, the wrong system."""
    parts = split_typed(typed)
    if parts is None:
        return None
    code, modifier = parts
    if typed == code and system == system_of(code):
        return None
    kept = parameters.copy()
    if modifier:
        kept.appendlist("mod", modifier)
    query = f"?{urlencode(list(_pairs(kept)))}" if kept else ""
    return HttpResponsePermanentRedirect(code_address(code, suffix) + query)


def _pairs(parameters: QueryDict) -> list[tuple[str, str]]:
    return [(key, value) for key, values in parameters.lists() for value in values]
