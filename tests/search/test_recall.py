"""Whether a biller finds the code: an acceptable one among the first five of the list.

`queries.csv` is what the index was tuned with, `queries_all_codes.csv` the same for codes without a name of ours.
The others were written before the index was asked them; what each first gave, and how it was written, stands in
`docs/search.md`. On the sample only queries count whose codes are there.
"""

from pathlib import Path

import pytest

from codes.search import Index
from tests.search.documents import TABLES, full_documents, queries, sample_documents

LEAST, LEAST_OF_ALL_CODES = 0.95, 0.98
LEAST_FIRST, LEAST_FIRST_EVEN = 0.92, 0.86
SHOWN = 5


@pytest.fixture(scope="module")
def sample() -> Index:
    return Index(sample_documents())


Found = list[tuple[str, frozenset[str], list[str]]]


def found_for(index: Index, table: str, among: frozenset[str] | None = None) -> Found:
    """(query, acceptable codes, the codes that are shown) of each query of a table; where a site has only some codes,
    of those whose answer is among them."""
    return [
        (query, acceptable, [hit.code for hit in index.search(query, limit=SHOWN)])
        for query, acceptable in queries(table)
        if among is None or acceptable & among
    ]


def unanswered(asked: Found) -> list[str]:
    """The queries that are not answered, with what was found instead."""
    misses = []
    for query, acceptable, found in asked:
        if acceptable.isdisjoint(found):
            misses.append(
                f"{query!r}: wanted {' '.join(sorted(acceptable))}, found {' '.join(found) or 'nothing'}"
            )
    print(f"{len(misses)} of {len(asked)} missed", *misses, sep="\n")  # noqa: T201
    return misses


def at_the_first_place(asked: Found) -> list[str]:
    """The queries whose first hit is acceptable."""
    return [query for query, acceptable, found in asked if acceptable.intersection(found[:1])]


def test_the_table_holds_two_hundred_different_queries() -> None:
    assert len({query for query, _ in queries("queries.csv")}) >= 200


def test_every_acceptable_code_is_in_the_sample() -> None:
    wanted = {code for _, codes in queries("queries.csv") for code in codes}
    assert wanted - {document.code for document in sample_documents()} == set()


@pytest.mark.parametrize("table", TABLES)
def test_the_sample_answers_95_of_100_queries(sample: Index, table: str) -> None:
    there = frozenset(document.code for document in sample_documents())
    asked = found_for(sample, table, there)
    assert len(unanswered(asked)) <= (1 - LEAST) * len(asked)


@pytest.fixture(scope="module", params=[False, True], ids=["without licence", "with licence"])
def full(request: pytest.FixtureRequest, cms_files: Path) -> Index:
    return Index(full_documents(cms_files, licensed=request.param))


@pytest.mark.full_size
@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_all_codes_answer_98_of_100_queries(full: Index, table: str) -> None:
    asked = found_for(full, table)
    assert len(unanswered(asked)) <= (1 - LEAST_OF_ALL_CODES) * len(asked)
    assert len(at_the_first_place(asked)) >= LEAST_FIRST * len(asked)


@pytest.mark.full_size
@pytest.mark.slow
def test_an_even_draw_of_codes_is_answered_too(full: Index) -> None:
    asked = found_for(full, "queries_thirteenth_even.csv")
    assert len(unanswered(asked)) <= (1 - LEAST_OF_ALL_CODES) * len(asked)
    assert len(at_the_first_place(asked)) >= LEAST_FIRST_EVEN * len(asked)
