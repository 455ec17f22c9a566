"""A claim of 25 lines with all rules, against the payment engine alone, on the sample.

    python -m benchmarks.claim

The engine alone prices the lines from rows that are in memory already. The checks add NCCI's edits, unit limits and
add-ons and every claim rule, also in memory. The Claim Desk does all of it and reads the database, with nothing cached.
Processor time of our own process, the best of many: what else the machine does hardly counts, and what PostgreSQL does
is not in it.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from benchmarks import report
from benchmarks.loading import child, in_empty_database
from benchmarks.ncci import CLAIM
from benchmarks.report import Figure

MOST_CLAIM_MS = 25.0
AT = date(2026, 8, 1)
TIMES = 60


def main() -> Iterator[Figure]:
    """Measure on SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        for name, address in report.databases(folder).items():
            environment = {"DATABASE_URL": address, "VAR_DIR": folder, "CACHE_URL": "dummy://"}
            yield from _figures(name, child("claim", "ours", environment={**os.environ, **environment}))
    yield from report.not_on_postgres()


def _figures(database: str, ms: dict[str, float]) -> Iterator[Figure]:
    engine, desk = ms["engine"], ms["desk"]
    yield Figure.against(
        f"{database}: checks and rules of 25 lines", ms["checks"], engine, "the engine alone"
    )
    yield Figure.against(f"{database}: 25 lines read, checked, priced", desk, engine, "the engine alone")
    yield Figure.at_most(f"{database}: the same", desk, "ms", MOST_CLAIM_MS, decimals=1)


def ours() -> dict[str, float]:
    """Milliseconds of the engine, of the checks and of the whole desk."""
    from dataclasses import replace

    from django.core.management import call_command

    from codes import ncci, pricing
    from codes.caching.versions import versions_of_request
    from codes.models.release import Source
    from codes.parsing import parse_claim
    from codes.queries import claim, releases
    from codes.queries.circumstances import circumstances_for
    from codes.queries.price_query import PriceQuery

    call_command("load_sample", stdout=sys.stderr)
    parsed = parse_claim(CLAIM.replace(",", "\n")).lines
    query = PriceQuery(date_of_service=AT, place_of_service="22")
    calendar = releases.calendar()
    release = calendar.of_same_year(Source.PPRRVU, AT)
    assert release is not None
    assert len(parsed) == 25
    known = claim.read_codes(calendar, frozenset(line.code for line in parsed), AT)
    lines = [claim.as_billed(each, query, known.base_units) for each in parsed]
    circumstances = circumstances_for(calendar, release, known.rows, query)
    rows = {**known.further, **known.rows}
    reference = replace(known.reference, practitioner=query.practitioner)
    requests = count()

    def desk() -> None:
        """As one request that finds nothing cached: what it reads twice, it reads once."""
        versions_of_request.set((("benchmark", next(requests), datetime.now(UTC)),))
        claim.work_through(calendar, parsed, query, whole_day=False)

    return {
        "engine": _best(lambda: pricing.price_claim(rows, lines, circumstances)),
        "checks": _best(lambda: ncci.check_claim(lines, reference, AT)),
        "desk": _best(desk),
    }


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of the best of many, after one to warm up."""
    work()
    return min(_milliseconds(work) for _ in range(TIMES))


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _measured() -> dict[str, Any]:
    return in_empty_database(ours)


if __name__ == "__main__":
    if sys.argv[1:] == ["ours"]:
        print(json.dumps(_measured()))
    else:
        sys.exit(report.alone(main))
