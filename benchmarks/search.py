"""How fast the search answers over all codes, and how much memory its index takes.

    CMS_FILES=FOLDER python -m benchmarks.search

Every query of the tests is asked of 20,000 documents on one core: once in a fresh index, as the first visitors
do, then with what they left in memory. And words are typed letter by letter, as autocomplete asks.
Times are processor time, so that what else the machine does hardly counts.
"""

import sys
import time
import tracemalloc
from collections.abc import Iterator

from benchmarks import report
from benchmarks.report import Figure
from codes.search import Document, Index
from tests.search.documents import TABLES, full_documents, queries, sample_documents

MOST_P95_MS = 15.0
TYPED = "comprehensive metabolic panel"


def main() -> Iterator[Figure]:
    """The time to build, to answer, and the memory."""
    documents = _documents()
    typed = [query for table in TABLES for query, _ in queries(table)]
    megabytes = _megabytes(documents)
    begun = time.process_time()
    index = Index(documents)
    yield Figure(f"index of {len(index):,} documents built", f"{time.process_time() - begun:.1f} s")
    yield _figure("first asking", index, typed)
    yield _figure("asked again", index, typed)
    yield _figure("letter by letter", index, [TYPED[:end] for end in range(1, len(TYPED) + 1)])
    yield Figure("memory of the index beside the documents' text", f"{megabytes:.0f} MB")


def _documents() -> list[Document]:
    """All codes where CMS_FILES names the full-size files, else the sample."""
    folder = report.cms_files()
    return full_documents(folder, licensed=False) if folder else list(sample_documents())


def _figure(title: str, index: Index, typed: list[str]) -> Figure:
    """p50, p95 and the slowest."""
    taken = sorted(_milliseconds(index, query) for query in typed)
    p50, p95 = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
    figure = f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, slowest {taken[-1]:.1f} ms"
    return Figure(f"{title}, {len(taken)} queries", figure, f"p95 < {MOST_P95_MS:g} ms", p95 < MOST_P95_MS)


def _milliseconds(index: Index, query: str) -> float:
    begun = time.process_time()
    index.search(query)
    return (time.process_time() - begun) * 1000


def _megabytes(documents: list[Document]) -> float:
    """What an index adds to memory, its caches of words included; the documents stand there already."""
    tracemalloc.start()
    index = Index(documents)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return used / 1024**2 if index else 0.0


if __name__ == "__main__":
    sys.exit(report.alone(main))
