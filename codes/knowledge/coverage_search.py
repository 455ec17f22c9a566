"""Where the local coverage of a code is found while no coverage files are loaded: who decides it, and CMS's own search.

Local coverage determinations (LCDs) and billing articles are the contractor's; CMS's Medicare Coverage Database holds
them all (Medicare Program Integrity Manual, ch. 13). Its search knows states by numbers of its own, which this site
does not: the state is chosen there.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from codes.knowledge.contractors import Contractor, contractor_of
from codes.knowledge.states import NAMES

# Nutrition and equipment, all of which CMS's DMEPOS file of 2025 gives to the DME MAC but for what is implanted.
_EQUIPMENT = ("B", "E", "K")
_IMPLANTED = frozenset({"E0616", "E0749", "E0782", "E0783", "E0785", "E0786"})
SEARCH = "https://www.cms.gov/medicare-coverage-database/search-results.aspx"


class CoverageSearch(NamedTuple):
    """The contractor of a locality (None where there is no locality, its number is not known, or the DME MAC of the
    patient's state decides), the name of its state ('' for none), and the address of CMS's search for a code."""

    contractor: Contractor | None
    state: str
    address: str
    by_dme_mac: bool = False


def coverage_search(code: str, mac: str, state: str) -> CoverageSearch:
    """Where to look a code up.

    >>> found = coverage_search("76376", "06102", "IL")
    >>> found.contractor.short, found.state, found.address.partition("?")[2]
    ('NGS', 'Illinois', 'keyword=76376&keywordType=all&areaId=all')
    >>> coverage_search("E0601", "06102", "IL").by_dme_mac, coverage_search("E0783", "06102", "IL").by_dme_mac
    (True, False)
    """
    by_dme_mac = code.startswith(_EQUIPMENT) and code not in _IMPLANTED
    query = urlencode({"keyword": code, "keywordType": "all", "areaId": "all"})
    contractor = contractor_of(mac) if mac and not by_dme_mac else None
    return CoverageSearch(contractor, NAMES.get(state, ""), f"{SEARCH}?{query}", by_dme_mac)
