"""How fast the payment engine is, in figures and against a bare multiply-and-round loop of the same run.

    python -m benchmarks.pricing

Processor time, so that what else the machine does hardly counts. Rows and localities are made up, in the number of a
real release: 9,500 priced rows, 109 localities.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter

from benchmarks import report
from benchmarks.report import Figure
from codes.pricing import Circumstances, CodeRows, FeeScheduleRow, Gpci, Line, Locality, price_claim
from codes.pricing.schedule import COLUMNS, Columns, Schedule, schedule_of

ROWS, LOCALITIES, CLAIM_LINES, CLAIMS = 9_500, 109, 25, 100
LEAST_A_SECOND, MOST_CLAIM_MS = 20_000_000, 15.0
FACTOR = Decimal("33.4009")
KINDS = ("0", "2", "3", "4", "5", "6", "7", "9")


def main() -> Iterator[Figure]:
    """The whole schedule, and claims with their steps."""
    bare = _seconds(_bare_loop)
    schedule, localities = _schedule(), _localities()
    bulk = min(_seconds(lambda: schedule.cents(localities, FACTOR, None)) for _ in range(5))
    each = _seconds(_claims) / CLAIMS
    count = ROWS * LOCALITIES * 2
    yield Figure(
        f"whole schedule, {count:,} amounts",
        f"{count / bulk:,.0f} a second",
        f">= {LEAST_A_SECOND:,}",
        count / bulk >= LEAST_A_SECOND,
        f"Decimal alone {count / bare:,.0f}",
        f"{bare / bulk:.0f}",
    )
    yield Figure.at_most(
        f"claim of {CLAIM_LINES} lines with steps", each * 1000, "ms", MOST_CLAIM_MS, decimals=2
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _bare_loop() -> None:
    cent, units, index = Decimal("0.01"), Decimal("1.46"), Decimal("1.183")
    for _ in range(ROWS * LOCALITIES * 2):
        (units * index * FACTOR).quantize(cent, ROUND_HALF_UP)


def _schedule() -> Schedule:
    return schedule_of(Columns.of(attrgetter(*COLUMNS)(_row(number)) for number in range(ROWS)))


def _claims() -> None:
    rows = {
        row.code: CodeRows(row.code, {"": row}) for row in (_row(number) for number in range(CLAIM_LINES))
    }
    lines = [Line(code, charge=Decimal("500.00")) for code in rows]
    circumstances = Circumstances(
        date_of_service=date(2026, 7, 15),
        conversion_factor=FACTOR,
        release="RVU26C",
        release_effective=date(2026, 7, 1),
    )
    for _ in range(CLAIMS):
        price_claim(rows, lines, circumstances)


def _localities() -> list[Locality]:
    gpci = Gpci(Decimal("1.041"), Decimal("1.183"), Decimal("0.664"))
    return [Locality("01182", f"{number:02}", "made up", "CA", gpci) for number in range(LOCALITIES)]


def _row(number: int) -> FeeScheduleRow:
    """A row with a multiple-procedure indicator of each kind in turn; endoscopies are of one family."""
    kind = KINDS[number % len(KINDS)]
    units = Decimal(number % 997 + 1) / 100
    return FeeScheduleRow(
        code=f"{10000 + number}", modifier="", status="A", work_rvu=units,
        nonfacility_pe_rvu=units * 2, nonfacility_na=False, facility_pe_rvu=units, facility_na=False,
        malpractice_rvu=(units / 10).quantize(Decimal("0.01")), pctc="3" if kind in "467" else "0", global_days="000",
        preoperative_share=Decimal(0), intraoperative_share=Decimal(0), postoperative_share=Decimal(0),
        multiple_procedure=kind, bilateral_surgery="0", assistant_surgery="0", co_surgeons="0",
        team_surgery="0", endoscopic_base="10001" if kind == "3" else "",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(report.alone(main))
