import io
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import opps
from codes.cms.archive import open_members
from codes.cms.layout import LayoutError
from codes.cms.opps import OppsRow
from codes.pricing.outpatient_hospital import STATUSES
from tests import facility_files


def parse(content: bytes) -> dict[str, OppsRow]:
    return {row.code: row for row in opps.parse(io.BytesIO(content), "Addendum B.txt")}


def refusal(content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(content)
    return str(caught.value)


def test_a_point_is_no_national_copayment_and_blanks_are_no_amounts() -> None:
    rows = parse(facility_files.opps())
    assert rows["45378"] == OppsRow("45378", "T", "5311", Decimal("911.71"), None, Decimal("182.35"), None)
    assert rows["76376"] == OppsRow("76376", "N", "", None, None, None, None)


def test_a_copayment_may_be_higher_than_the_minimum_or_lowered_by_a_rebate() -> None:
    rows = parse(facility_files.opps())
    assert (rows["69930"].national_copayment, rows["69930"].minimum_copayment) == (
        Decimal("6942.79"),
        Decimal("6361.57"),
    )
    assert (rows["J0897"].rate, rows["J0897"].adjusted_copayment) == (Decimal("26.960"), Decimal("5.03"))
    assert rows["27447"].status == "J1"  # CMS leaves a blank behind it


def test_the_title_says_the_year() -> None:
    assert opps.read_heading(io.BytesIO(facility_files.opps()), "B.txt") == opps.Heading(2025)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            b"$911.71",
            b"$9l1.71",
            'Addendum B.txt line 4, Payment Rate: "$9l1.71" is not an amount in dollars',
        ),
        (b"\tT\t5311", b"\tT\t531", 'line 4, APC: "531" is not an APC of 4 digits'),
        (b"\tT\t5311", b"\tT12\t5311", 'line 4, SI: "T12" is not a status indicator such as J1'),
        (b"$182.35", b"", 'line 4, Minimum Unadjusted Copayment: "" is blank, and there is a rate'),
        (b"27447", b"45378", 'line 5, HCPCS Code: "45378" stands twice'),
        (b"Payment Rate", b"Rate", "line 3, Payment Rate: no column has this title"),
        (b"Addendum B", b"Addendum E", "holds no codes of OPPS Addendum B"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old: bytes, new: bytes, said: str) -> None:
    content = facility_files.opps()
    assert old in content
    assert said in refusal(content.replace(old, new, 1))


@pytest.mark.full_size
def test_the_final_rule_for_2025_is_read_to_the_last_code(cms_files: Path) -> None:
    path = cms_files / "opps" / "2025-nfrm-opps-addenda.zip"
    member = next(each for each in open_members(path) if "Addendum B" in each.name)
    with member.open() as stream:
        rows = {row.code: row for row in opps.parse(stream, member.name)}
    cells = facility_files.original(path, member.entries[-1])[5:]
    assert len(rows) == len(cells) == 18_682
    for code, _, _, status, apc, _, rate, _, copayment, *_ in cells:
        row = rows[code.strip("ÿ ")]
        plain = rate.strip().strip("$").replace(",", "")
        assert (row.status, row.apc, row.rate) == (
            status.strip(),
            apc.strip(),
            Decimal(plain) if plain else None,
        )
        assert (row.minimum_copayment is None) == (copayment.strip() == "")
    inpatient = {row[0] for row in facility_files.original(path, "2025 NFRM Addendum E.10102024.txt")[3:]}
    assert inpatient == {code for code, row in rows.items() if row.status == "C"}


@pytest.mark.full_size
def test_every_status_of_addendum_d1_and_b_has_our_words(cms_files: Path) -> None:
    path = cms_files / "opps" / "2025-nfrm-opps-addenda.zip"
    explained = {
        row[0].strip() for row in facility_files.original(path, "2025 NFRM Addendum D1.10242024.txt")[2:]
    }
    cells = facility_files.original(path, "2025 NFRM Addendum B.11122024.txt")[5:]
    statuses = {row[3].strip() for row in cells}
    assert statuses <= explained - {""} <= STATUSES.keys()


@pytest.mark.full_size
def test_addendum_a_has_rates_of_its_own_only_for_groups_that_no_code_is_paid_by_alone(
    cms_files: Path,
) -> None:
    path = cms_files / "opps" / "2025-nfrm-opps-addenda.zip"
    groups = facility_files.original(path, "2025 NFRM Addendum A.11122024.txt")[3:]
    codes = facility_files.original(path, "2025 NFRM Addendum B.11122024.txt")[5:]
    by_code = {(row[4].strip(), row[6].strip()) for row in codes}
    alone = {row[0].strip() for row in groups if (row[0].strip(), row[4].strip()) not in by_code}
    # New technology, virtual groups of few services, programs by the day, an inpatient's last procedure, composites.
    assert {group[:2] for group in alone} == {"14", "15", "19", "40", "58", "80"}
    assert (len(groups), len(alone)) == (994, 116)
