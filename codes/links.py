"""Addresses: of code pages, where what a visitor typed belongs, and of the whole site.

They are put together from constants, never from a request: none of its headers decides where a link leads.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse

from codes.explain import Explanation
from codes.parsing.code_shapes import CODE
from codes.parsing.modifiers import MODIFIER
from codes.parsing.plain import plain
from codes.pricing.types import Line
from codes.queries.code import system_of
from codes.queries.geography import key_of
from codes.queries.price_query import PriceQuery

TYPED = re.compile(rf"({CODE})(?:[ -]+({MODIFIER}))?")


def split_typed(typed: str) -> tuple[str, str] | None:
    """("99213", "25") from "99213-25"; ("J1100", "") from " j1100 "; None where it is not a code."""
    found = TYPED.fullmatch(plain(typed))
    return (found[1], found[2] or "") if found else None


# How the addresses of a code end, by what follows "code" in their names in codes/urls.py.
ENDINGS: Mapping[str, str] = {
    "": "/",
    "_json": ".json",
    "_evidence": "/evidence/",
    "_edits": "/edits/",
    "_edits_csv": "/edits.csv",
    "_add_ons": "/add-ons/",
    "_country": "/country/",
    "_country_csv": "/country.csv",
    "_sites_json": "/site-of-service.json",
    "_sites_csv": "/site-of-service.csv",
    "_equipment_csv": "/equipment.csv",
    "_coverage": "/coverage/",
    "_coverage_json": "/coverage.json",
    "_over_time": "/over-time/",
    "_units": "/units/",
    "_units_json": "/units.json",
    "_limits_csv": "/limits.csv",
    "_changes": "/changes/",
    "_changes_feed": "/changes.atom",
}


@lru_cache(maxsize=1024)
def page_address(name: str, *parts: str) -> str:
    """The address of a page by its name in the tables of addresses, which are the same as long as a process lives."""
    return reverse(name, args=parts)


def code_address(code: str, suffix: str = "") -> str:
    """The canonical address of a code: "/cpt/76376/", or "/cpt/76376.json" with a suffix."""
    return f"/{system_of(code)}/{code}{ENDINGS[suffix]}"


def line_address(line: Line) -> str:
    """The page of a line's code with its modifiers and units: "/cpt/97110/?mod=GP&units=2"."""
    units = [("units", str(line.units))] if line.units > 1 else []
    query = urlencode([*(("mod", modifier) for modifier in line.modifiers), *units])
    return f"{code_address(line.code)}{query and f'?{query}'}"


def claim_desk_address(claim: str, query: PriceQuery) -> str:
    """The Claim Desk with these lines ("99214-25,20610-RT") on the day and in the place of a query."""
    parameters = {"lines": claim, "dos": query.date_of_service.isoformat(), "pos": query.place_of_service}
    locality = {"locality": key_of(query.locality)} if query.locality.mac else {}
    return f"{page_address('codes:claim')}?{urlencode(parameters | locality, safe=',@')}"


def receipt_address(code: str, parameters: QueryDict, query: PriceQuery, load: int) -> str:
    """The evidence of a price that shows the same figure later: the day, the place of service and the load are said."""
    kept = parameters.copy()
    kept["dos"], kept["pos"] = query.date_of_service.isoformat(), query.place_of_service
    kept["load"] = str(load)
    return f"{code_address(code, '_evidence')}?{kept.urlencode(safe=',')}"


def locality_address(key: str) -> str:
    """The address of a locality: "/localities/10112-00/"."""
    return f"/localities/{key}/"


def explained_address(found: Explanation) -> str:
    """The page of a code in the circumstances that explain an amount, as far as they are those of its line."""
    line, locality = found.line, key_of(found.locality)
    circumstances = {
        "units": str(line.units) if line.units > 1 else "",
        "dos": found.day,
        "pos": line.place_of_service,
        "locality": locality,
        "practitioner": found.practitioner if found.practitioner != "physician" else "",
        "par": found.participation if found.participation != "yes" else "",
        "qp": "1" if found.qualifying_apm else "",
    }
    named = [(name, value) for name, value in circumstances.items() if value]
    return f"{code_address(line.code)}?{urlencode([*(('mod', each) for each in line.modifiers), *named])}"


def explain_address(code: str, query: str = "") -> str:
    """The page that explains an amount of a code, with what is known of its line: "/explain/?code=20610&mod=50"."""
    return f"{page_address('codes:explain')}?{urlencode({'code': code})}{query and '&'}{query}"


def modifier_address(modifier: str) -> str:
    """The page of a modifier: "/modifiers/25/"."""
    return f"/modifiers/{modifier}/"


def denial_address(query: str, ending: str = "/") -> str:
    """The address of the step after a denial: "/denials/?reason=CO-236&code=45380"."""
    return f"/denials{ending}?{query}"


def rbcs_address(slugs: tuple[str, ...]) -> str:
    """The address of a category, subcategory or family of the RBCS taxonomy."""
    return page_address("codes:browse_rbcs", "/".join(slugs))


def absolute(address: str) -> str:
    """An address of this site with the site's own name before it, whatever host was asked for."""
    return f"{settings.SITE_URL}{address}"


def site_url(request: HttpRequest) -> dict[str, str]:
    """Context processor: what canonical links begin with."""
    return {"site_url": settings.SITE_URL}


def canonical_redirect(
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
