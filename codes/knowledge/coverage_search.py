"""Where the local coverage of a code is found while no coverage files are loaded: who decides it, and CMS's own search.

Local coverage determinations (LCDs) and billing articles are the contractor's; CMS's Medicare Coverage Database holds
them all (Medicare Program Integrity Manual, ch. 13). Its search knows states by numbers of its own, which this site
does not: the state is chosen there.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from codes.knowledge.contractors import Contractor, contractor_of
from codes.knowledge.states import NAMES

SEARCH = "https://www.cms.gov/medicare-coverage-database/search-results.aspx"


class CoverageSearch(NamedTuple):
    """The contractor of a locality (None where there is no locality, or its number is not known), the name of its
    state ('' for none), and the address of CMS's search for a code."""

    contractor: Contractor | None
    state: str
    address: str


def coverage_search(code: str, mac: str, state: str) -> CoverageSearch:
    """Where to look a code up.

    >>> found = coverage_search("76376", "06102", "IL")
    >>> found.contractor.short, found.state, found.address.partition("?")[2]
    ('NGS', 'Illinois', 'keyword=76376&keywordType=all&areaId=all')
    """
    query = urlencode({"keyword": code, "keywordType": "all", "areaId": "all"})
    return CoverageSearch(contractor_of(mac) if mac else None, NAMES.get(state, ""), f"{SEARCH}?{query}")
