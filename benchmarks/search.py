"""How fast the search answers over all codes, and how much memory its index takes.

    CMS_FILES=FOLDER python -m benchmarks.search

Every query of the tests is asked of 20,000 documents on one core: once in a fresh index, as the first visitors
do, then with what they left in memory. And words are typed letter by letter, as autocomplete asks.
"""

import os
import time
import tracemalloc
from pathlib import Path

from codes.search import Document, Index
from tests.search.documents import full_documents, queries, sample_documents

MOST_P95_MS = 15.0
TABLES = ("queries.csv", "queries_all_codes.csv", "queries_unseen.csv")
TYPED = "comprehensive metabolic panel"


def main() -> bool:
    documents = _documents()
    asked = [query for table in TABLES for query, _ in queries(table)]
    megabytes = _megabytes(documents)
    begun = time.perf_counter()
    index = Index(documents)
    print(f"built {len(index):,} documents in {time.perf_counter() - begun:.1f} s")
    kept = _report("first asking", index, asked)
    _report("asked again", index, asked)
    _report("letter by letter", index, [TYPED[:end] for end in range(1, len(TYPED) + 1)])
    print(f"memory of the index        {megabytes:.0f} MB beside the documents' own text")
    return kept


def _documents() -> list[Document]:
    """All codes where CMS_FILES names the full-size files, else the sample."""
    folder = os.environ.get("CMS_FILES", "")
    return full_documents(Path(folder)) if folder else sample_documents()


def _report(title: str, index: Index, asked: list[str]) -> bool:
    """Prints p50, p95 and the slowest in milliseconds; whether p95 keeps the promise."""
    taken = sorted(_milliseconds(index, query) for query in asked)
    p50, p95 = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
    print(
        f"{title:<18} {len(taken):>5} queries   p50 {p50:.1f} ms   p95 {p95:.1f} ms   slowest {taken[-1]:.1f} ms"
    )
    return p95 < MOST_P95_MS


def _milliseconds(index: Index, query: str) -> float:
    begun = time.perf_counter()
    index.search(query)
    return (time.perf_counter() - begun) * 1000


def _megabytes(documents: list[Document]) -> float:
    """What an index adds to memory, its caches of words included; the documents stand there already."""
    tracemalloc.start()
    index = Index(documents)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held / 1024**2 if index else 0.0


if __name__ == "__main__":
    main()
