"""Charts as text: what is drawn, and what is said of it."""

from datetime import date
from decimal import Decimal

import html5lib

from codes import charts


def tiles(**amounts: str) -> dict[str, charts.Tile]:
    return {state: charts.Tile(Decimal(amount), f"{state} {amount}") for state, amount in amounts.items()}


def test_a_map_has_a_title_a_description_and_no_style() -> None:
    drawn = charts.tile_map("m", "Title <b>", "Words", tiles(AL="87.79", CA="104.32"))
    html5lib.HTMLParser(strict=True).parseFragment(drawn)
    assert 'aria-labelledby="m-title m-desc"' in drawn
    assert "Title &lt;b&gt;" in drawn
    assert "style=" not in drawn


def test_every_state_has_its_own_tile() -> None:
    assert len(set(charts.TILES.values())) == len(charts.TILES) == 53


def test_a_state_without_an_amount_is_drawn_empty() -> None:
    drawn = charts.tile_map("m", "T", "D", tiles(AL="87.79"))
    assert drawn.count('class="band-0"') == 52


def test_bands_hold_about_as_many_states_each_and_all_of_them() -> None:
    amounts = [Decimal(number) for number in range(1, 54)]
    found = charts.bands(amounts)
    assert [band for band, _, _ in found] == [1, 2, 3, 4, 5]
    assert found[0][1:] == (Decimal(1), Decimal(10))
    assert found[-1][2] == Decimal(53)


def test_equal_amounts_share_a_band() -> None:
    assert len(charts.bands([Decimal("10.56")] * 53)) == 1


def test_a_step_stands_upright_and_a_gap_is_left_open() -> None:
    stretches = [
        charts.Stretch(date(2024, 1, 1), date(2024, 3, 8), Decimal(10)),
        charts.Stretch(date(2024, 3, 9), date(2024, 12, 31), Decimal(12)),
        charts.Stretch(date(2025, 10, 1), date(2025, 12, 31), Decimal(11)),
    ]
    drawn = charts.step_line("s", "T", "D", [charts.ChartLine("nonfacility", "office", stretches)])
    html5lib.HTMLParser(strict=True).parseFragment(drawn)
    path = drawn.split('<path d="')[1].split('"')[0]
    assert path.count("M") == 2
    assert path.count("V") == 1


def test_one_amount_for_one_day_can_be_drawn() -> None:
    day = date(2026, 7, 1)
    line = charts.ChartLine("facility", "facility", [charts.Stretch(day, day, Decimal(0))])
    assert "<path" in charts.step_line("s", "T", "D", [line])
