"""The shipped tips against all of CMS's files: no contradiction; amounts of 2024, 2025 and 2026."""

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from codes.cms import ncci_addon, ncci_mue, ncci_ptp, pprrvu
from codes.cms.archive import open_members
from codes.loaders.tips import load_tips
from codes.models import FeeScheduleRow as FeeScheduleRowModel
from codes.ncci import AddOn, AddOnTable, Mue, MueTable, Provenance, PtpEdit, PtpTable
from codes.pricing import CodeRows, FeeScheduleRow
from codes.tips.contradictions import ANY_CODE, contradictions
from codes.tips.words import CmsData, TipWords

pytestmark = [pytest.mark.full_size, pytest.mark.slow]
TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"
NCCI = Provenance("2024 Q3", "practitioner", date(2024, 7, 1))
FIELDS = [field.name for field in dataclasses.fields(FeeScheduleRow)]


def shipped() -> list[TipWords]:
    return [
        TipWords(
            codes=(row["code"],),
            text=row["text"],
            impact=row["impact"],
            source_title=row["source_title"],
            source_section=row["source_section"],
        )
        for table in sorted(TEXTS.glob("tips_*.csv"))
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    ]


def records(path: Path, name: str, parse: Callable[..., Iterator[Any]]) -> Iterator[Any]:
    member = next(each for each in open_members(path) if each.name.startswith(name))
    with member.open() as stream:
        yield from parse(stream, member.name)


@pytest.fixture(scope="module")
def named() -> set[str]:
    return {
        code for tip in shipped() for code in (*tip.codes, *ANY_CODE.findall(tip.text + tip.source_section))
    }


@pytest.fixture(scope="module")
def ncci(cms_files: Path, named: set[str]) -> dict[str, Any]:
    """Edits, limits and add-ons of the codes that tips name."""
    edits = [
        PtpEdit(row.column_one, row.column_two, row.indicator, None, row.deletion)
        for path in sorted(cms_files.glob("medicare-ncci-2024q3-practitioner-*.zip"))
        for row in records(path, "", ncci_ptp.parse)
        if row.column_one in named and row.column_two in named
    ]
    limits = records(
        cms_files / "medicare-ncci-2026-q3-practitioner-services-mue-table.zip", "MCR_MUE", ncci_mue.parse
    )
    add_ons = records(cms_files / "reference" / "ncci_add_on_codes_2024.csv", "", ncci_addon.parse)
    return {
        "ptp": PtpTable.of(NCCI, edits),
        "units": MueTable(NCCI, {row.code: Mue(row.code, row.value, row.mai) for row in limits}),
        "add_ons": AddOnTable.of(NCCI, [AddOn(row.add_on, row.primary or None, row.kind) for row in add_ons]),
    }


@pytest.mark.parametrize(
    ("zipped", "name", "at"),
    [
        ("rvu25d.zip", "PPRRVU2025_Oct.csv", date(2025, 11, 3)),
        ("rvu26c.zip", "PPRRVU2026_Jul_nonQPP.csv", date(2026, 8, 1)),
    ],
)
def test_no_shipped_tip_contradicts_cms(
    cms_files: Path, named: set[str], ncci: dict[str, Any], zipped: str, name: str, at: date
) -> None:
    rows: dict[str, dict[str, FeeScheduleRow]] = {}
    for record in records(cms_files / zipped, name, pprrvu.parse):
        if record.code in named:
            row = FeeScheduleRow(**{field: getattr(record, field) for field in FIELDS})
            rows.setdefault(row.code, {})[row.modifier] = row
    cms = CmsData(
        at=at, release=zipped, rows={code: CodeRows(code, found) for code, found in rows.items()}, **ncci
    )
    tips = shipped()
    assert len(tips) > 600
    assert [(tip.codes, told) for tip in tips if (told := contradictions(tip, cms))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "factor"), [("2024-02-01", "32.7442"), ("2024-04-01", "33.2875")])
def test_amounts_of_2024_change_with_the_conversion_factor_of_march_9(
    cms_files: Path, client: Client, at: str, factor: str
) -> None:
    for name in ("rvu24a.zip", "rvu24ar.zip"):
        call_command("load_cms", str(cms_files / name), stdout=io.StringIO())
    load_tips(TEXTS)
    page = client.get("/cpt/76376/", {"dos": at}).content.decode()
    found = re.search(r"One of the two is paid; \$([\d.]+) for 76376 is not", page)
    row = FeeScheduleRowModel.objects.filter(code="76376", modifier="").first()
    assert found
    assert row
    total = row.work_rvu + row.nonfacility_pe_rvu + row.malpractice_rvu
    assert Decimal(found[1]) == (total * Decimal(factor)).quantize(Decimal("0.01"), ROUND_HALF_UP)
