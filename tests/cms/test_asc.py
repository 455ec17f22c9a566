import io
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from codes.cms import asc
from codes.cms.archive import open_members
from codes.cms.asc import AscRow, Heading
from codes.cms.layout import LayoutError
from tests import facility_files

QUARTERS = [f"{year}{month}01" for year in (2024, 2025, 2026) for month in ("01", "04", "07", "10")][:11]


def parse(content: bytes, name: str = "AA.csv") -> list[AscRow]:
    return list(asc.parse(io.BytesIO(content), name))


def refusal(content: bytes, name: str = "AA.csv") -> str:
    with pytest.raises(LayoutError) as caught:
        parse(content, name)
    return str(caught.value)


def test_a_surgical_procedure_has_indicator_discounting_and_rate() -> None:
    rows = {row.code: row for row in parse(facility_files.asc("AA", facility_files.AA))}
    assert rows["27447"] == AscRow("AA", "27447", "J8", True, False, Decimal("9393.16"))
    assert (rows["G0105"].is_preventive, rows["45378"].is_preventive) == (True, False)
    assert (rows["0095T"].rate, rows["0095T"].is_discounted) == (None, False)


def test_a_drug_keeps_three_decimals_and_the_copayment_that_a_rebate_lowers() -> None:
    rows = {row.code: row for row in parse(facility_files.asc("BB", facility_files.BB))}
    assert rows["J0897"] == AscRow("BB", "J0897", "K2", False, False, Decimal("30.101"), Decimal("5.22"))
    assert rows["76376"].rate is None  # the csv has dropped the blanks behind its indicator


def test_an_excluded_procedure_is_a_code_and_nothing_else() -> None:
    assert parse(facility_files.asc("EE", facility_files.EE)) == [AscRow("EE", "22558")]


def test_text_with_tabs_is_read_as_csv_is() -> None:
    tabs = facility_files.asc("AA", facility_files.AA, delimiter="\t")
    assert parse(tabs, "AA.txt") == parse(facility_files.asc("AA", facility_files.AA))


def test_the_last_line_may_lack_its_end() -> None:
    content = facility_files.asc("EE", facility_files.EE).split(b",\r\nNOTE")[0].rstrip()
    assert [row.code for row in parse(content)] == ["22558"]


def test_the_columns_are_found_by_their_titles() -> None:
    content = facility_files.asc("AA", [(*row[:3], "X1", *row[3:]) for row in facility_files.AA])
    content = content.replace(b"Short Descriptor,", b"Short Descriptor,July 2026 Something New,")
    assert parse(content) == parse(facility_files.asc("AA", facility_files.AA))


def test_the_titles_say_the_quarter_and_addendum_ee_the_year() -> None:
    aa, ee = (
        facility_files.asc(name, rows)
        for name, rows in (("AA", facility_files.AA), ("EE", facility_files.EE))
    )
    assert asc.read_heading(io.BytesIO(aa), "AA.csv") == Heading(2026, 7, 1)
    assert asc.read_heading(io.BytesIO(ee), "EE.csv") == Heading(2026, 0, 3)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            b"A2,9.0638,510.49",
            b"A2,9.0638,51O.49",
            'AA.csv line 5, Payment Rate: "51O.49" is not an amount in dollars',
        ),
        (
            b"A2,9.0638,510.49",
            b"A2,9.0638,",
            'line 5, Payment Rate: "" is blank, and payment indicator A2 has a rate',
        ),
        (
            b"A2,9.0638,510.49",
            b"Amt,9.0638,510.49",
            'line 5, Payment Indicator: "Amt" is not a payment indicator',
        ),
        (b"45378", b"4537", 'line 5, HCPCS Code: "4537" is not a five-character code'),
        (b"a,Y,A2", b"a,,A2", 'line 5, Subject to Multiple Procedure Discounting: "" is not one of Y, N'),
        (
            b"July 2026 Payment Rate",
            b"July 2026 Rate",
            "AA.csv line 4, Payment Rate: no column has this title",
        ),
        (
            b"July 2026 Payment Rate",
            b"July 2025 Payment Rate",
            "its titles name months of other years or quarters",
        ),
        (b"HCPCS Code", b"Code", "has no title with"),
        (
            b"27447,,b,Y,J8",
            b"45378,,b,Y,J8",
            'line 6, HCPCS Code: "45378" stands twice, with different values',
        ),
        (b'"$9,393.16"', b"9,393.16", "line 6: has 8 cells, not 7: a comma is not quoted"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old: bytes, new: bytes, said: str) -> None:
    content = facility_files.asc("AA", facility_files.AA)
    assert old in content
    assert said in refusal(content.replace(old, new, 1))


def test_a_row_that_stands_twice_alike_is_one_row() -> None:
    rows = parse(facility_files.asc("AA", [*facility_files.AA, facility_files.AA[0]]))
    assert [row.code for row in rows].count("45378") == 1


def test_addendum_ff_is_none_of_the_three() -> None:
    content = facility_files.asc("AA", facility_files.AA).replace(b"Addendum AA", b"Addendum FF")
    assert "holds none of the ASC addenda AA, BB and EE" in refusal(content, "FF.csv")


@pytest.mark.full_size
@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_quarter_is_read_to_the_last_code(cms_files: Path, quarter: str) -> None:
    path, found = cms_files / "asc" / f"asc-addenda-{quarter}.zip", {}
    for member in open_members(path):
        with member.open() as stream:
            heading = asc.read_heading(stream, member.name)
        with member.open() as stream:
            found[member.name[:2]] = {row.code: row for row in asc.parse(stream, member.name)}
        assert (heading.year, heading.month) in ((int(quarter[:4]), int(quarter[4:6])), (int(quarter[:4]), 0))
        cells = facility_files.original(path, member.entries[-1])
        codes = {
            row[0].strip() for row in cells if row and len(row[0].strip()) == 5 and row[0][1:4].isdigit()
        }
        assert codes == found[member.name[:2]].keys()
        if member.name[:2] != "EE":
            rates = {
                row[0].strip(): row[6].strip().strip("$").replace(",", "") for row in cells if len(row) > 6
            }
            parsed = found[member.name[:2]].items()
            assert all(
                row.rate == (Decimal(rates[code]) if rates.get(code) else None) for code, row in parsed
            )
    assert not found["AA"].keys() & found["BB"].keys()
    assert not found["EE"].keys() & (found["AA"] | found["BB"]).keys()


@pytest.mark.full_size
def test_the_workbook_of_january_2025_says_what_its_three_files_say(cms_files: Path) -> None:
    whole: set[AscRow] = set()
    parts: set[AscRow] = set()
    for member in open_members(
        cms_files / "asc" / "january-2025-asc-approved-hcpcs-code-and-payment-rates.zip"
    ):
        if member.name.endswith(("xlsx", "AA.csv", "BB.csv", "EE.csv")):
            with member.open() as stream:
                (whole if member.name.endswith("xlsx") else parts).update(asc.parse(stream, member.name))
    assert len(whole) == 4_183 + 2_454 + 2_108
    assert whole == parts


# The ASC conversion factor of each year, which every printed rate of that year gives, and the three codes whose rate
# CMS printed otherwise in two quarters.
FACTORS = {"2024": Decimal("53.514"), "2025": Decimal("54.895"), "2026": Decimal("56.322")}
ODD = {"0973T", "0975T", "0981T"}
ODD_QUARTERS = ("20250701", "20251001")


@pytest.mark.full_size
def test_every_rate_of_a_surgical_procedure_is_its_weight_times_the_factor_of_the_year(
    cms_files: Path,
) -> None:
    rates: dict[str, dict[str, Decimal]] = {}
    for quarter in QUARTERS:
        path = cms_files / "asc" / f"asc-addenda-{quarter}.zip"
        member = next(each for each in open_members(path) if each.name.startswith("AA"))
        cells = facility_files.original(path, member.entries[-1])
        weights = {row[0].strip(): row[5].strip().replace(",", "") for row in cells if len(row) > 6}
        with member.open() as stream:
            rows = [
                row for row in asc.parse(stream, member.name) if weights[row.code] and row.rate is not None
            ]
        assert len(rows) > 3_000
        expected = {row.code: Decimal(weights[row.code]) * FACTORS[quarter[:4]] for row in rows}
        off = {
            row.code for row in rows if row.rate and abs(row.rate - expected[row.code]) > Decimal("0.0151")
        }
        assert off == (ODD if quarter in ODD_QUARTERS else set())
        rates[quarter] = {row.code: row.rate for row in rows if row.rate}
    changed = {
        after: sum(
            rates[before][code] != rates[after][code] for code in rates[before].keys() & rates[after].keys()
        )
        for before, after in pairwise(QUARTERS)
        if before[:4] == after[:4]
    }
    # Within a year the rates stand; in April 2024 CMS scaled the weights anew.
    assert changed == {
        "20240401": 3_277,
        "20240701": 0,
        "20241001": 0,
        "20250401": 2,
        "20250701": 0,
        "20251001": 0,
        "20260401": 0,
        "20260701": 3,
    }
