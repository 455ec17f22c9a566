"""Which parameters the addresses of the reference read, by the beginning of their path.

What hangs onto the address of a page and is not read there is dropped before anything else is done, so that the page
is made and kept once. Twins and tables for programs get all of it, to say what they do not know; then their answer is
not kept.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import unquote_plus

from codes.carried_parameters import CARRIED
from codes.forms.bundling import BundlingForm
from codes.forms.claim import ClaimForm, DeskForm
from codes.forms.code_list import ListForm
from codes.forms.diagnoses import SupportForm
from codes.forms.drug_units import DrugUnitsForm
from codes.forms.explain import ExplainForm
from codes.forms.modifiers import ModifiersForm
from codes.forms.pairs import PairForm
from codes.forms.price import PriceForm

Names = frozenset[str]
NONE: Names = frozenset()
PAGES: Names = frozenset({"p"})
STAYING: Names = frozenset({"dos", "state", *CARRIED})
PRICE: Names = frozenset(PriceForm.base_fields)
OF_CODE: Names = (
    STAYING
    | PRICE
    | frozenset(BundlingForm.base_fields)
    | frozenset(DrugUnitsForm.base_fields)
    | frozenset(SupportForm.base_fields)
    | {"all", "preview"}
)
CLAIM: Names = STAYING | frozenset(DeskForm.base_fields) | {"lines", "text", "setting"}
LIST: Names = STAYING | frozenset(ListForm.base_fields)
MODIFIERS: Names = STAYING | frozenset(ModifiersForm.base_fields)
EXPLAIN: Names = STAYING | frozenset(ExplainForm.base_fields)
CHANGES: Names = STAYING | {"source", "since", "kind", "code", "after"}

PARAMETERS: Mapping[str, Names] = {
    "": STAYING,
    "api": STAYING,
    "audit": STAYING | PRICE | {"contract"},
    "browse": STAYING | {"from"},
    "changes": CHANGES | {"page"},
    "changes.atom": CHANGES,
    "changes.csv": CHANGES,
    "claim": CLAIM,
    "claim.csv": CLAIM,
    "claim.json": CLAIM,
    "compare": STAYING | PRICE | {"codes"},
    "correctness": STAYING,
    "corrections": STAYING | {"page", "sent"},
    "cpt": OF_CODE,
    "explain": EXPLAIN,
    "explain.csv": EXPLAIN,
    "explain.json": EXPLAIN,
    "embed": STAYING | PRICE,
    "glossary": STAYING,
    "hcpcs": OF_CODE,
    "indicators": STAYING,
    "licenses": STAYING,
    "list": LIST,
    "list.atom": LIST,
    "list.csv": LIST,
    "list.ics": LIST,
    "list.json": LIST,
    "localities": STAYING | {"q"},
    "modifiers": MODIFIERS,
    "modifiers.csv": MODIFIERS,
    "modifiers.json": MODIFIERS,
    "ncci": STAYING | frozenset(PairForm.base_fields),
    "opensearch.xml": NONE,
    "remittance": STAYING | PRICE | {"contract"},
    "robots.txt": NONE,
    "search": STAYING | {"q", "kind", "category"},
    "sitemap-browse.xml": PAGES,
    "sitemap-cpt.xml": PAGES,
    "sitemap-hcpcs.xml": PAGES,
    "sitemap-localities.xml": PAGES,
    "sitemap-modifiers.xml": PAGES,
    "sitemap-pages.xml": PAGES,
    "sitemap.xml": NONE,
    "sources": STAYING | {"page"},
}
FOR_PROGRAMS = (".json", ".csv", ".xlsx", ".atom", ".ics")
API = "/api/v1/"
OF_API: Names = (
    PRICE
    | frozenset(ClaimForm.base_fields)
    | frozenset(ModifiersForm.base_fields)
    | frozenset(PairForm.base_fields)
    | CHANGES
    | {"lines", "steps", "contract", "limit", "cursor", "status", "column", "indicator"}
)


def names_read_at(path: str) -> Names | None:
    """The names of the parameters that an address reads; None where nobody said."""
    if path.startswith(API):
        return OF_API
    return PARAMETERS.get(path.lstrip("/").partition("/")[0])


def drop_unread(environ: MutableMapping[str, Any]) -> bool:
    """Take out of a request's query what its page does not read; whether all that is left is read there."""
    query: str = environ.get("QUERY_STRING", "")
    if not query:
        return True
    path: str = environ.get("PATH_INFO", "")
    known = names_read_at(path)
    if known is None:
        return False
    read = "&".join(part for part, name in _named(query) if name in known)
    if (path.endswith(FOR_PROGRAMS) or path.startswith(API)) and read != query:
        return False
    environ["QUERY_STRING"] = read
    return True


def _named(query: str) -> Iterator[tuple[str, str]]:
    for part in query.split("&"):
        name = part.partition("=")[0]
        yield part, unquote_plus(name) if "%" in name or "+" in name else name
