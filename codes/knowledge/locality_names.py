"""Names of payment localities and counties as people write them, and what people call them besides.

CMS's files give them in capitals and cut ("BALTIMORE/SURR. CNTYS", "POUGHKPSIE/N NYC SUBURBS").
"""

import re
from functools import lru_cache

# Whole names that CMS cuts or misprints, as its own pages write them out.
_WRITTEN_OUT = {
    "BALTIMORE/SURR. CNTYS": "Baltimore and surrounding counties",
    "DC + MD/VA SUBURBS": "DC and MD/VA suburbs",
    "NYC SUBURBS/LONG ISLAND": "NYC suburbs and Long Island",
    "POUGHKPSIE/N NYC SUBURBS": "Poughkeepsie and northern NYC suburbs",
    "SEATTLE (KING CNTY)": "Seattle (King County)",
    "LOS ANGELES /ORAGNGE CNTY": "Los Angeles and Orange counties",
    "SAN FRANCISCO/ALAMEDA/CONTRA COSTA/SAN MATEO": "San Francisco, Alameda, Contra Costa and San Mateo",
    "HAWAII": "Hawaii and Guam",
    "HAWAII, GUAM": "Hawaii and Guam",
    "VIRGIN ISLANDS": "US Virgin Islands",
}
# Counties in brackets, parted by strokes: "(LOS ANGELES/ORANGE CNTY)".
_COUNTIES = re.compile(r"\((?P<most>[^()]+)/(?P<last>[^/()]+) CNTY\)")
_SMALL = {"OF", "AND", "ALL", "OTHER", "COUNTIES", "SUBURBS", "EXCEPT", "THE", "IN", "WITH"}
_CAPITALS = {"DC", "NJ", "NYC", "MD", "VA", "NY", "CA"}
_WORD = re.compile(r"[A-Z][A-Z']*")
# What people call a place, and words of CMS's name or counties that mean the same.
CALLED = {
    "BAY AREA": "SAN FRANCISCO",
    "BROOKLYN": "KINGS NY",
    "CHICAGOLAND": "CHICAGO",
    "DFW": "DALLAS",
    "INLAND EMPIRE": "RIVERSIDE-SAN BERNARDINO",
    "NORTH JERSEY": "NORTHERN NJ",
    "NORTHERN NEW JERSEY": "NORTHERN NJ",
    "SOUTH JERSEY": "REST NEW JERSEY",
    "SOUTHERN NEW JERSEY": "REST NEW JERSEY",
    "NEW YORK CITY": "NY NYC",
    "NYC": "NYC",
    "PHILLY": "PHILADELPHIA",
    "SAINT LOUIS": "ST. LOUIS",
    "ST LOUIS": "ST. LOUIS",
    "SILICON VALLEY": "SANTA CLARA",
    "STATEN ISLAND": "RICHMOND NY NYC",
    "TWIN CITIES": "MINNESOTA",
    "UPSTATE NEW YORK": "REST OF NEW YORK",
    "UPSTATE NY": "REST OF NEW YORK",
    "WASHINGTON DC": "DC",
}
# Words that say that a place is meant, and not which.
_IDLE = {"COUNTY", "COUNTIES", "CNTY", "CO.", "AREA", "THE", "OF", "METRO", "LOCALITY", "MAC", "JURISDICTION"}


@lru_cache(maxsize=2048)
def spelled(name: str) -> str:
    """A name of CMS's files as people write it.

    >>> [spelled(name) for name in ("REST OF TEXAS", "NORTHERN NJ", "EAST ST. LOUIS")]
    ['Rest of Texas', 'Northern NJ', 'East St. Louis']
    >>> spelled("LOS ANGELES-LONG BEACH-ANAHEIM (LOS ANGELES/ORANGE CNTY)")
    'Los Angeles-Long Beach-Anaheim (Los Angeles and Orange counties)'
    """
    if written := _WRITTEN_OUT.get(name.strip('" ').upper()):
        return written
    words = _WORD.sub(lambda found: _word(found[0]), _counties_listed(name.upper()).strip('" '))
    return words[:1].upper() + words[1:]


def _counties_listed(name: str) -> str:
    """With several counties parted by commas and "and", and the word for them written out."""

    def listed(found: re.Match[str]) -> str:
        return f"({found['most'].replace('/', ', ')} AND {found['last']} COUNTIES)"

    return _COUNTIES.sub(listed, name).replace("CNTY", "COUNTY")


def _word(word: str) -> str:
    if word in _CAPITALS:
        return word
    return word.lower() if word in _SMALL else word.capitalize()


def query_words(typed: str) -> list[str]:
    """The words that a locality's own words must hold to be meant.

    >>> query_words("Orange County, CA"), query_words("Silicon Valley")
    (['ORANGE', 'CA'], ['SANTA', 'CLARA'])
    """
    plain = " ".join(typed.upper().replace(",", " ").split())
    for called, meant in CALLED.items():
        plain = re.sub(rf"\b{re.escape(called)}\b", meant, plain)
    words = plain.split()
    return [word for word in words if word not in _IDLE] or words
