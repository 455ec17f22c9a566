"""NCCI at full size: loading 2.5 million edits, the longest lists of edits, and a claim of 25 lines.

    CMS_FILES=FOLDER python -m benchmarks.ncci

Loading is held against a bare bulk insert: the same four zips through the same parser, and the rows written in
one transaction into the same table with the same indexes, each in a process and a database of its own. We promise
at most twice its time and a peak of less than 200 MB. On what was loaded we then ask for a page of the lists of
96523 and 99211, which more than ten thousand edits deny (the count of each group and 25 edits with their dollars),
in less than 30 ms; and check and price a claim of 25 lines in less than 25 ms. These times are the best of many:
a machine does other things as well. The whole answer with its HTML is shown beside them.
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.loading import child, in_empty_database, loader_figures, timed
from benchmarks.report import Figure

MOST_TIMES_BARE, MOST_PAGE_MS, MOST_CLAIM_MS = 2.0, 30.0, 25.0
ROWS = 2_546_017
AT = date(2026, 8, 1)
LISTS = ("96523", "99211")
TIMES = 40
CLAIM = """45385, 45380-59, 43248, 43239-59, 99213-25, 80053, 00811, 70496, 76376-26, 76377, 97110-GP x3,
97140-GP-59, 20610-50, 76942, 93000, 93005, 29881, 29877, 71046, 36415, 85025, 99292, 11042, 17000, 17003 x2"""


def main() -> Iterator[Figure]:
    """Measure on SQLite and, where DATABASE_URL names one, on PostgreSQL."""
    return report.with_cms_files(_measured)


def environment_of(address: str, folder: str) -> dict[str, str]:
    """No cache; and a commit that is written down, as on a site: before, PostgreSQL cannot settle what was loaded."""
    environment = {"DATABASE_URL": address, "VAR_DIR": folder, "CACHE_URL": "dummy://"}
    return {**os.environ, **environment, "PGOPTIONS": "-c synchronous_commit=on"}


def _measured(database: str, address: str, cms_files: Path, folder: str) -> Iterator[Figure]:
    environment = environment_of(address, folder)
    bare, ours = (child("ncci", what, cms_files, environment=environment) for what in ("bare", "ours"))
    if (bare["rows"], ours["rows"]) != (ROWS, ROWS):
        raise RuntimeError("Both must write all rows.")
    yield from loader_figures(database, ours["seconds"], bare["seconds"], MOST_TIMES_BARE, ours["megabytes"])
    for part, most in (("pages", MOST_PAGE_MS), ("claim", MOST_CLAIM_MS)):
        for what, ms in ours[part].items():
            yield Figure(f"{database}: {what}", f"{ms:.1f} ms", f"< {most:g} ms", ms < most)
    for what, ms in ours["answers"].items():
        yield Figure(f"{database}: {what}", f"{ms:.1f} ms")


def edit_files(cms_files: Path) -> Any:
    from codes.loaders.plan import plan

    (candidate,) = plan(sorted(cms_files.glob("*practitioner-ptp-edits-*.zip"))).candidates
    return candidate


def ours(cms_files: Path) -> dict[str, Any]:
    """Our loader, from the four zips to the release in force; then pages and claims on it."""
    from codes.loaders.load_release import load
    from codes.loaders.rows import Options
    from codes.models import PtpEdit

    candidate = edit_files(cms_files)
    seconds = timed(lambda: load(candidate, Options()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    loaded = {"seconds": seconds, "megabytes": peak, "rows": PtpEdit.objects.count()}
    load_the_rest(cms_files)
    return loaded | {"pages": _pages(), "claim": _claim(), "answers": _answers()}


def bare(cms_files: Path) -> dict[str, Any]:
    """The same rows through the same parser into the same table, and nothing else."""
    from django.db import connection, transaction

    from codes.cms import ncci_ptp
    from codes.loaders.ncci import PTP_COLUMNS
    from codes.models import PtpEdit, Rationale, Release

    candidate = edit_files(cms_files)
    release = Release.objects.create(source=candidate.source, name="bare", effective_from=AT).pk
    reason = Rationale.objects.create(text="bare").pk
    columns = ", ".join((*PTP_COLUMNS, "release_id"))
    table = f"{PtpEdit._meta.db_table} ({columns})"

    def rows() -> Iterator[tuple[Any, ...]]:
        for member in candidate.members:
            with closing(member.open()) as stream:
                for one, two, prior, first, last, indicator, _ in ncci_ptp.parse(stream, member.name):
                    yield one, two, indicator, prior, first, last, reason, release

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows():
                        copy.write_row(row)
            else:
                marks = ", ".join(["?"] * 8)
                cursor.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows())

    return {"seconds": timed(insert), "rows": PtpEdit.objects.count()}


def load_the_rest(cms_files: Path) -> None:
    """What a claim is checked and priced with: relative values, localities, unit limits, add-on codes."""
    from django.conf import settings

    from codes.loaders.load_release import load
    from codes.loaders.plan import plan
    from codes.loaders.rows import Options
    from codes.loaders.texts import load_texts

    load_texts(settings.BASE_DIR / "fixtures" / "texts")
    tables = sorted(cms_files.glob("*practitioner-services-mue-table.zip"))
    for candidate in plan([cms_files / "rvu26c.zip", cms_files / "reference", *tables]).candidates:
        load(candidate, Options())


def _pages() -> dict[str, float]:
    """The slowest tab of each list, as it opens: the counts and a page, the first and the one after it."""
    from codes import pricing
    from codes.models.release import Source
    from codes.queries import bundling, ncci_tables, releases

    calendar = releases.calendar()
    edits, schedule = (
        ncci_tables.ptp_release(calendar, "practitioner", AT),
        calendar.in_force(Source.PPRRVU, AT),
    )
    if edits is None or schedule is None:
        raise RuntimeError("Edits and relative values must be loaded.")
    fee_context = bundling.FeeContext(schedule, pricing.NATIONAL.gpci, "nonfacility")

    def page_of(edit_filter: bundling.EditFilter) -> float:
        return _best(
            lambda: (bundling.tallies(edits, edit_filter), bundling.page(edits, fee_context, edit_filter))
        )

    def slowest(code: str) -> float:
        tabs = (("", "ended"), *((side, "") for side in bundling.SIDES))
        first = [
            bundling.EditFilter(
                code=code, at=AT, side=side, group=group, sort="relevance", is_folded=not group
            )
            for side, group in tabs
        ]
        seen = [(edit_filter, *bundling.page(edits, fee_context, edit_filter)) for edit_filter in first]
        then = [
            replace(each, after=bundling.read_keyset(rows[-1].keyset)) for each, rows, more in seen if more
        ]
        return max(page_of(edit_filter) for edit_filter in (*first, *then))

    return {f"a page of the list of {code}": slowest(code) for code in LISTS}


def _claim() -> dict[str, float]:
    from codes.parsing import parse_claim
    from codes.queries import claim, geography, releases
    from codes.queries.price_query import PriceQuery

    lines = parse_claim(CLAIM.replace(",", "\n")).lines
    if len(lines) != 25:
        raise RuntimeError("The claim must have 25 lines.")
    locality = geography.localities(releases.calendar(), AT).localities[0]
    query = PriceQuery(date_of_service=AT, locality=locality, place_of_service="22")
    return {
        "check and price 25 lines": _best(
            lambda: claim.work_through(releases.calendar(), lines, query, whole_day=False)
        )
    }


def _answers() -> dict[str, float]:
    """Whole requests, without any cache."""
    from django.test import Client

    lines = ",".join(line.strip().replace(" x", "x") for line in CLAIM.replace("\n", "").split(","))
    addresses = {
        "the page of 96523's edits, whole answer": "/cpt/96523/edits/?group=0&dos=2026-08-01",
        "the Claim Desk of 25 lines, whole answer": f"/claim/?lines={lines}&pos=22&dos=2026-08-01",
    }
    client = Client()
    return {what: _best(partial(_got, client, address)) for what, address in addresses.items()}


def _got(client: Any, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} must be answered.")


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of the best of many, after one to warm up."""
    work()
    return min(timed(work) for _ in range(TIMES)) * 1000


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure = {"bare": bare, "ours": ours}[sys.argv[1]]
        print(json.dumps(in_empty_database(lambda: measure(Path(sys.argv[2])))))
    else:
        sys.exit(report.alone(main))
