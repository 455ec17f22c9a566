import io
from decimal import Decimal
from pathlib import Path

import pytest

from codes.cms import opps, opps_groups
from codes.cms.archive import open_members
from codes.cms.layout import LayoutError
from codes.cms.opps_groups import GroupRow
from tests import facility_files


def parse(content: bytes) -> dict[str, GroupRow]:
    return {row.apc: row for row in opps_groups.parse(io.BytesIO(content), "Addendum A.txt")}


def refusal(content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(content)
    return str(caught.value)


def test_a_group_has_a_title_a_rate_and_copayments() -> None:
    rows = parse(facility_files.opps_groups())
    assert rows["5311"] == GroupRow(
        "5311", "Lower bowel 1", "T", Decimal("911.71"), None, Decimal("182.35"), None
    )
    assert rows["9272"].adjusted_copayment == Decimal("5.03")
    assert (rows["2038"].status, rows["2038"].rate, rows["2038"].minimum_copayment) == ("H", None, None)


def test_the_title_says_the_year() -> None:
    content = io.BytesIO(facility_files.opps_groups(year=2026))
    assert opps_groups.read_heading(content, "A.txt") == opps.Heading(2026)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"$911.71", b"$9l1.71", 'line 4, Payment Rate: "$9l1.71" is not an amount in dollars'),
        (b"5311\t", b"531\t", 'line 4, APC: "531" is not an APC of 4 digits'),
        (b"Lower bowel 1 ", b" ", 'line 4, Group Title: "" is blank'),
        (b"$182.35", b"", 'line 4, Minimum Unadjusted Copayment: "" is blank, and there is a rate'),
        (b"9272\t", b"5311\t", 'line 5, APC: "5311" stands twice'),
        (b"Payment Rate", b"Rate", "line 3, Payment Rate: no column has this title"),
        (b"Addendum A", b"Addendum B", "holds no groups of OPPS Addendum A"),
        (b"APC ", b"Group ", 'above a row that begins with "HCPCS Code" or "APC"'),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old: bytes, new: bytes, said: str) -> None:
    content = facility_files.opps_groups()
    assert old in content
    assert said in refusal(content.replace(old, new, 1))


@pytest.mark.full_size
def test_the_final_rule_for_2025_is_read_to_the_last_group(cms_files: Path) -> None:
    path = cms_files / "opps" / "2025-nfrm-opps-addenda.zip"
    member = next(each for each in open_members(path) if "Addendum A" in each.name)
    with member.open() as stream:
        rows = {row.apc: row for row in opps_groups.parse(stream, member.name)}
    cells = facility_files.original(path, member.entries[-1])[3:]
    assert len(rows) == len(cells) == 994
    for apc, title, status, _, rate, _, minimum, *_ in cells:
        row = rows[apc.strip()]
        plain, listed = rate.strip().strip("$").replace(",", ""), minimum.strip(" .$").replace(",", "")
        assert row.title.split() == title.replace("ÿ", " ").split()
        assert (row.status, row.rate) == (status.strip(), Decimal(plain) if plain else None)
        assert row.minimum_copayment == (Decimal(listed) if listed else None)
