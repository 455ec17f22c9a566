"""Codes that Medicare is billed often, for the front page: by its volumes where they are loaded, else by our bands."""

from itertools import groupby

from codes.knowledge.sections import order, place_of
from codes.models import CodeText
from codes.queries.releases import calendar
from codes.queries.volume_bands import bands_of

SHOWN_OF_SECTION = 6


def billed_often() -> list[tuple[str, list[CodeText]]]:
    """Each section with codes of the highest band, picked evenly along their numbers."""
    ranked = [code for code, band in bands_of(calendar()).items() if band == 1]
    often = CodeText.objects.filter(code__in=ranked) if ranked else CodeText.objects.filter(band=1)
    texts = sorted(often, key=lambda text: order(text.code))
    return [(title, _spread(list(part))) for title, part in groupby(texts, lambda text: _section(text.code))]


def _section(code: str) -> str:
    found = place_of(code)
    return found[0].title if found else "HCPCS Level II"


def _spread(texts: list[CodeText]) -> list[CodeText]:
    """At most SHOWN_OF_SECTION of them, evenly from the first to the last."""
    step = max(1, -(-len(texts) // SHOWN_OF_SECTION))
    return texts[::step]
