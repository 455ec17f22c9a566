"""The benchmarks' own report and the mix of visitors of the soak; what they measure is not measured here."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks import report, soak
from benchmarks.report import Figure

ABOUT = {"date": "2026-08-01 12:00 UTC"}


def test_a_part_measured_by_itself_leaves_the_others_in_the_report(tmp_path: Path) -> None:
    written = tmp_path / "report.md"
    report.save(tmp_path, written, "loading", ABOUT, [Figure("our loader", "2.10x", "<= 3x", True)])
    report.save(tmp_path, written, "pages", ABOUT, [Figure("kept", "0.70x", ">= 0.8x", False)])
    report.save(tmp_path, written, "pages", ABOUT, [Figure("kept", "0.85x", ">= 0.8x", True)])
    told = written.read_text()
    assert "| our loader | 2.10x | <= 3x | holds |" in told
    assert "| kept | 0.85x | >= 0.8x | holds |" in told
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
    assert "**does not hold**" in report.markdown(
        {
            "x": {
                "about": ABOUT,
                "figures": [{"what": "b", "figure": "3 s", "promised": "< 2 s", "holds": False}],
            }
        }
    )


def test_visitors_of_the_soak_come_in_the_shares_that_are_named() -> None:
    assert sum(soak.MIX.values()) == 100
    visitors = soak.Visitors(["token"] * 1000)
    visitors.etags = {f"/cpt/{code}/": '"etag"' for code in soak.CODES}
    asked = [visitors.next() for _ in range(10_000)]
    shares = Counter(kind for kind, *_ in asked)
    assert {kind: round(shares[kind] / 100) for kind in soak.MIX} == pytest.approx(soak.MIX, abs=2)
    assert len({path for kind, path, *_ in asked if kind == "cold"}) == shares["cold"]


def test_the_99th_percentile_is_the_time_that_one_of_a_hundred_exceeds() -> None:
    seen = soak.Seen(milliseconds=[float(number) for number in range(200)])
    assert (seen.percentile(0.5), seen.percentile(0.99)) == (100.0, 198.0)
