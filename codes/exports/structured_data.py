"""What a page says of itself to machines: JSON-LD in the words of schema.org (WebPage, Dataset, BreadcrumbList).

A `script` element of type `application/ld+json` is data and not a script, so the Content-Security-Policy lets it
stand (CSP Level 3 asks only of elements that would run). Variants of a page, which are not indexed, have none.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from codes.links import absolute
from codes.models import Release

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
MAKER = {"@type": "GovernmentOrganization", "name": "Centers for Medicare & Medicaid Services"}

Thing = Mapping[str, Any]


def structured(request: HttpRequest, *things: Thing) -> SafeString:
    """The things as one script element's text; empty for a variant of a page. Nothing in it can end the element."""
    if request.GET:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))


def web_page(request: HttpRequest, name: str, description: str, release: Release | None) -> Thing:
    """The page itself; its date is that of the loading of the release behind it."""
    page = {
        "@type": "WebPage",
        "url": absolute(request.path),
        "name": name,
        "description": description,
        "inLanguage": "en-US",
        "isAccessibleForFree": True,
    }
    return page | ({"dateModified": release.loaded_at.date().isoformat()} if release else {})


def breadcrumbs(request: HttpRequest, steps: Iterable[tuple[str, str]]) -> Thing:
    """The way to the page, as (title, address) from the top."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": title,
                "item": absolute(address),
            }
            for position, (title, address) in enumerate(steps, start=1)
        ],
    }


def dataset(request: HttpRequest, name: str, description: str, csv: str, release: Release | None) -> Thing:
    """A table that can be taken along as CSV from the address `csv`."""
    made: dict[str, Any] = {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": absolute(request.path),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "MedPayIQ"},
        "spatialCoverage": "United States",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": absolute(csv),
            }
        ],
    }
    if release:
        source = {"@type": "Dataset", "name": f"CMS {release.name}", "creator": MAKER}
        made |= {
            "isBasedOn": source,
            "version": release.name,
            "temporalCoverage": f"{release.effective_from}/..",
        }
    return made
