"""The benchmarks' own report and the mix of visitors of the soak; what they measure is not measured here."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks import growth, report, soak
from benchmarks.report import Figure
from codes.models import FeeScheduleRow, Release
from codes.parameters import drop_unread
from contributions.models import Report

ABOUT = {"date": "2026-08-01 12:00 UTC"}


def test_a_part_measured_by_itself_leaves_the_others_in_the_report(tmp_path: Path) -> None:
    written = tmp_path / "report.md"
    report.save(
        tmp_path, written, "loading", ABOUT, [Figure.against("our loader", 4.2, 2.0, "bare insert", 3, "s")]
    )
    report.save(tmp_path, written, "pages", ABOUT, [Figure("kept", "0.70x", ">= 0.8x", False)])
    report.save(tmp_path, written, "pages", ABOUT, [Figure("kept", "0.85x", ">= 0.8x", True)])
    told = written.read_text()
    assert "| loading | our loader | 4.20 s | bare insert 2.00 s | 2.10 | <= 3x | holds |" in told
    assert "| pages | kept | 0.85x |  |  | >= 0.8x | holds |" in told
    assert "0.70x" not in told


def test_a_promise_that_does_not_hold_is_said_and_is_the_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept, broken, unmeasured = (
        Figure("a", "1 s", "< 2 s", True),
        Figure("b", "3 s", "< 2 s", False),
        Figure("c", "not measured"),
    )
    assert report.alone(lambda: [kept, unmeasured]) == 0
    assert report.alone(lambda: [kept, broken]) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().out
    assert "**does not hold**" in report.markdown({"x": {"about": ABOUT, "figures": [asdict(broken)]}})


def test_the_growth_of_a_site_is_written_into_its_own_tables(sample: None) -> None:
    before = Release.objects.count()
    first, second, *_ = growth.begins()
    growth.grow(first)
    assert first > second
    assert Release.objects.count() == before + len(growth.COPIED)
    assert FeeScheduleRow.objects.filter(release__name=f"GROWN{first:%y%m}").exists()
    assert all(seconds > 0 for seconds in growth.reporting())
    growth.report_much(reports=200, on_one_code=20)
    assert Report.objects.filter(code=growth.REPORTED, state="accepted").count() >= 20
    assert all(seconds > 0 for seconds in growth.reporting())


def test_visitors_of_the_soak_come_in_the_shares_that_are_named() -> None:
    assert sum(soak.MIX.values()) == 100
    visitors = soak.Visitors(["token"] * 1000)
    visitors.etags = {f"/cpt/{code}/": '"etag"' for code in soak.CODES}
    asked = [visitors.next() for _ in range(10_000)]
    shares = Counter(kind for kind, *_ in asked)
    assert {kind: round(shares[kind] / 100) for kind in soak.MIX} == pytest.approx(soak.MIX, abs=2)


def test_what_the_soak_has_computed_is_another_page_each_time() -> None:
    visitors = soak.Visitors([])
    pages: dict[str, list[str]] = {kind: [] for kind in soak.COMPUTED}
    for kind, path, *_ in (visitors.next() for _ in range(2_000)):
        if kind in pages:
            pages[kind].append(_as_it_is_cached(path))
    assert all(len(set(cached)) == len(cached) > 50 for cached in pages.values())


def _as_it_is_cached(address: str) -> str:
    path, _, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query}
    assert drop_unread(environ)
    return f"{path}?{environ['QUERY_STRING']}"


def test_the_99th_percentile_is_the_time_that_one_of_a_hundred_exceeds() -> None:
    seen = soak.Seen(milliseconds=[float(number) for number in range(200)])
    assert (seen.percentile(0.5), seen.percentile(0.99)) == (100.0, 198.0)
