import datetime as dt
import io
from pathlib import Path

import pytest

from codes.cms import rbcs
from codes.cms.layout import LayoutError
from codes.cms.rbcs import RbcsRow

TITLES = (
    "hcpcs_code,rbcs_procedure,rbcs_category,rbcs_subcategory,rbcs_family,hcpcs_date_added,"
    "hcpcs_date_ended,rbcs_date_effective"
)
FIRST = "0001U,Non-Procedure,Test,Molecular Testing,No RBCS Family,2017-02-01,9999-12-31,2014-01-01"
SECOND = "0001U,Non-Procedure,Test,Molecular Testing,Genetic Analysis,2017-02-01,2018-12-31,2016-01-01"


def parse(*rows: str, titles: str = TITLES) -> list[RbcsRow]:
    raw = "".join(f"{line}\r\n" for line in (titles, *rows)).encode()
    return list(rbcs.parse(io.BytesIO(raw), "rbcs_2024.csv"))


def test_every_assignment_of_a_code_is_handed_on() -> None:
    assert [row.effective for row in parse(FIRST, SECOND)] == [dt.date(2014, 1, 1), dt.date(2016, 1, 1)]


def test_no_family_is_empty_and_a_code_in_use_has_no_end() -> None:
    (row,) = parse(FIRST)
    assert (row.family, row.ended) == ("", None)


def test_a_code_that_ended_has_its_last_day() -> None:
    (row,) = parse(SECOND)
    assert (row.family, row.ended) == ("Genetic Analysis", dt.date(2018, 12, 31))


def test_an_assignment_twice_is_refused() -> None:
    with pytest.raises(LayoutError, match='line 3, hcpcs_code: "0001U" stands twice'):
        parse(FIRST, FIRST)


def test_a_blank_category_is_refused() -> None:
    with pytest.raises(LayoutError, match='line 2, rbcs_category: "" is blank'):
        parse(FIRST.replace("Test", ""))


def test_swapped_columns_are_refused_by_name() -> None:
    with pytest.raises(LayoutError, match='"rbcs_subcategory" stands over column 3'):
        parse(titles=TITLES.replace("rbcs_category,rbcs_subcategory", "rbcs_subcategory,rbcs_category"))


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(LayoutError, match="holds no rows"):
        parse()


@pytest.mark.full_size
def test_2024_has_17_033_assignments_of_15_522_codes(cms_files: Path) -> None:
    with (cms_files / "reference" / "rbcs_2024.csv").open("rb") as stream:
        rows = list(rbcs.parse(stream, "rbcs_2024.csv"))
    assert (len(rows), len({row.code for row in rows})) == (17_033, 15_522)
