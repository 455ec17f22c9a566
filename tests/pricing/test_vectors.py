"""Known answers, as one table: figures from CMS's files, CMS's manuals and Medicare contractors' examples."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from codes.pricing import (
    Circumstances,
    CodeRows,
    FeeScheduleRow,
    Gpci,
    Line,
    LinePrice,
    Locality,
    price_claim,
    price_line,
)
from codes.pricing.anesthesia import locality_factor
from tests.pricing.figures import IN_2026, IN_DOLLARS, RVU26C, line, made_up, rows_of

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
Given = dict[str, Any]
UNASSIGNED = replace(IN_DOLLARS, participating=False, assigned=False)


def _price(row: FeeScheduleRow, *modifiers: str, at: Circumstances = IN_DOLLARS, **fields: Any) -> LinePrice:
    return price_line(CodeRows(row.code, {row.modifier: row}), line(row.code, *modifiers, **fields), at)


def _amounts(rows: Any, lines: list[Line], at: Circumstances = IN_DOLLARS) -> list[LinePrice]:
    return list(price_claim(rows, lines, at).lines)


def _base(given: Given) -> str:
    """A row by its relative values, indices and factor."""
    row = made_up(
        given["code"], given["w"], nonfacility_pe_rvu=Decimal(given["pe"]), malpractice_rvu=Decimal(given["mp"]),
        modifier=given["mod"], pctc="1",
    )  # fmt: skip
    place = Locality("00000", "00", "made up", "", Gpci(*map(Decimal, given["gpci"])))
    at = replace(IN_DOLLARS, locality=place, conversion_factor=Decimal(given["cf"]))
    return str(_price(row, *filter(None, [given["mod"]]), at=at).allowed)


def _cap(given: Given) -> str:
    row = made_up(fee=given["pfs"], pctc="1", opps_malpractice=Decimal(given["opps"]), work_rvu=Decimal(0),
                  malpractice_rvu=Decimal(given["pfs"]))  # fmt: skip
    return str(_price(row).allowed)


def _reduction_before_cap(given: Given) -> list[str]:
    rows = [
        made_up(code, "0", modifier="TC", pctc="1", multiple_procedure="4", malpractice_rvu=Decimal(technical),
                opps_malpractice=Decimal(cap))
        for code, technical, cap in zip(("70001", "70002"), given["tc"], given["cap"], strict=True)
    ]  # fmt: skip
    return [str(each.allowed) for each in _amounts(rows_of(*rows), [line(row.code, "TC") for row in rows])]


def _bilateral(given: Given) -> str:
    row = made_up(fee=given["fee"], bilateral_surgery=given["ind"])
    if "charges" not in given:
        return str(_price(row, "50").allowed)
    sides = [line(row.code, side, charge=Decimal(charge)) for side, charge in zip(("LT", "RT"), given["charges"],
                                                                                  strict=True)]  # fmt: skip
    return str(sum(each.allowed or 0 for each in _amounts(rows_of(row), sides)))


def _surgery(given: Given) -> list[str]:
    rows = [made_up(f"1000{n}", fee, multiple_procedure=given["ind"]) for n, fee in enumerate(given["fees"])]
    prices = _amounts(rows_of(*rows), [line(row.code) for row in rows])
    by_report = {price.line.code for price in prices if any("by report" in note for note in price.notes)}
    return [
        f"BY_REPORT>={price.allowed}" if price.line.code in by_report else str(price.allowed)
        for price in prices
    ]


def _family(base: str, base_fee: str, fees: dict[str, str]) -> list[FeeScheduleRow]:
    members = [
        made_up(code, fee, multiple_procedure="3", endoscopic_base=base)
        for code, fee in fees.items()
        if code != base
    ]
    return [made_up(base, base_fee, multiple_procedure="2"), *members]


def _endoscopy_of_the_manual(given: Given) -> list[str]:
    rows = _family("45378", given["base"], dict(zip(("45380", "45385"), given["fees"], strict=True)))
    return [str(each.allowed) for each in _amounts(rows_of(*rows), [line("45380"), line("45385")])]


def _endoscopy_families(given: Given) -> dict[str, str]:
    rows = [
        row for name, family in given.items() for row in _family(name[-5:], family["base"], family["fees"])
    ]
    codes = [code for family in given.values() for code in family["fees"]]
    prices = _amounts(rows_of(*rows), [line(code) for code in codes])
    total = sum((price.allowed or Decimal(0) for price in prices), Decimal(0))
    return {price.line.code: str(price.allowed) for price in prices} | {"total": str(total)}


def _endoscopy_with_base(given: Given) -> dict[str, str]:
    rows = _family("45378", given["base"], given["fees"])
    prices = _amounts(rows_of(*rows), [line(code) for code in given["fees"]])
    return {price.line.code: str(price.allowed) for price in prices}


def _tests(indicator: str) -> Callable[[Given], dict[str, str]]:
    """Tests with components: the global row, the technical and the professional one."""

    def amounts(given: Given) -> dict[str, str]:
        rows = [
            made_up(code, fee, modifier=modifier, pctc="1", multiple_procedure=indicator)
            for code, fees in given["lines"].items()
            for modifier, fee in zip(("", "TC", "26"), fees, strict=True)
        ]
        prices = _amounts(rows_of(*rows), [line(code) for code in given["lines"]])
        return {price.line.code: str(price.allowed) for price in prices}

    return amounts


def _therapy(given: Given) -> list[str]:
    lines = [line(code) for code in given["units"]]
    return [str(each.allowed) for each in _amounts(RVU26C, lines, IN_2026)]


def _split_package(given: Given) -> dict[str, str]:
    shares: dict[str, Any] = {
        "preoperative_share": Decimal(given["pre"]),
        "intraoperative_share": Decimal(given["intra"]),
        "postoperative_share": Decimal(given["post"]),
    }
    row = made_up(fee=given["fee"], global_days="090", **shares)
    return {
        "54": str(_price(row, "54").allowed),
        "55": str(_price(row, "55").allowed),
        "55_60of90": str(_price(row, "55", care_days=60).allowed),
    }


def _return(given: Given) -> str:
    row = made_up(fee=given["fee"], global_days=given["glob"], intraoperative_share=Decimal(given["intra"]))
    return str(_price(row, "78").allowed)


def _co_surgeon(given: Given) -> str:
    return str(_price(made_up(fee=given["fee"], co_surgeons=given["co"]), "62").allowed)


def _assistants(given: Given) -> dict[str, str]:
    row = made_up(fee=given["fee"], assistant_surgery=given["asst"])
    return {modifier: str(_price(row, modifier).allowed) for modifier in ("80", "AS")}


def _forbidden_assistant(given: Given) -> str:
    priced = _price(made_up(fee=given["fee"], assistant_surgery=given["asst"]), given["mod"])
    assert priced.allowed is None
    return str(priced.refusal.medicare_pays if priced.refusal else None)


def _equipment(given: Given) -> dict[str, str]:
    """Film, computed radiography and CT on the technical and the global row of one code."""
    marks = ("FX", "FY") if given["glob"] == "33.07" else ("CT",)
    whole = made_up("70450", given["glob"], pctc="1")
    rows = rows_of(whole, replace(whole, modifier="TC", work_rvu=Decimal(given["tc"])))["70450"]
    found = {}
    for mark in marks:
        found[f"{mark}_TC"] = str(price_line(rows, line("70450", "TC", mark), IN_DOLLARS).allowed)
        found[f"{mark}_global"] = str(price_line(rows, line("70450", mark), IN_DOLLARS).allowed)
    return found


def _anesthesia(given: Given) -> dict[str, str]:
    at = replace(IN_DOLLARS, anesthesia_factor=Decimal(given["cf"]))
    row = made_up("00100", "0", status="J")
    units = {"minutes": given["minutes"], "base_units": given["base_units"]}
    found = {who: str(_price(row, who, at=at, **units).allowed) for who in ("AA", "QK", "QX", "QZ", "AD")}
    return found | {"AD_induction": str(_price(row, "AD", at=at, present_at_induction=True).allowed)}


def _locality_factor(given: Given) -> str:
    first, second, third = map(Decimal, given["shares"])
    gpci = Gpci(*map(Decimal, given["gpci"]))
    return str(locality_factor(Decimal(given["nat"]), gpci, (first, second, third)))


def _practitioner(kind: str) -> Callable[[Given], str]:
    return lambda given: str(
        _price(made_up(fee=given["fee"]), at=replace(IN_DOLLARS, practitioner=kind)).allowed
    )


def _shares(given: Given, *modifiers: str) -> dict[str, str]:
    at = replace(IN_DOLLARS, deductible_remaining=Decimal(given["deductible_remaining"]))
    shares = _price(made_up(fee=given["allowed"]), *modifiers, at=at).shares
    assert shares
    return {
        "deductible": str(shares.deductible),
        "coins": str(shares.coinsurance),
        "medicare": str(shares.medicare),
        "sequester": str(shares.sequestration),
        "paid": str(shares.medicare_after_sequestration),
    }


def _limiting_charge(given: Given) -> dict[str, str]:
    priced = _price(made_up(fee=given["fee"]), at=UNASSIGNED)
    assert priced.shares
    return {"nonpar": str(priced.allowed), "limiting_charge": str(priced.shares.limiting_charge)}


def _unassigned(given: Given) -> dict[str, str]:
    priced = _price(made_up(fee=given["fee"]), at=UNASSIGNED, charge=Decimal(given["charge"]))
    assert priced.shares
    return {
        "nonpar": str(priced.allowed),
        "patient_pays_provider": str(priced.shares.provider_collects),
        "medicare_to_patient": str(priced.shares.medicare_after_sequestration),
        "patient_net": str(priced.shares.patient),
    }


def _assistant_claim(assistant: str) -> dict[str, str]:
    rows = rows_of(
        made_up("49505", "508.03", bilateral_surgery="1", multiple_procedure="2"),
        made_up("44970", "578.17", multiple_procedure="2"),
    )
    prices = _amounts(rows, [line("49505", "50", assistant), line("44970", assistant)])
    return {price.line.code: str(price.allowed) for price in prices}


def _example_b(given: Given) -> dict[str, str]:
    rows = rows_of(
        made_up("A", "500", bilateral_surgery="1", multiple_procedure="2"),
        made_up("B", "700", multiple_procedure="2"),
    )
    prices = _amounts(rows, [line("A", "50", "80"), line("B", "80")])
    return {price.line.code: str(price.allowed) for price in prices}


def _charge_binds(given: Given) -> str:
    row = made_up(fee=given["fee"], bilateral_surgery=given["bilat"])
    return str(_price(row, given["mod"], charge=Decimal(given["charge"])).allowed)


PRICED: dict[str, Callable[[Given], Any]] = {
    "C1": _cap, "C2": _reduction_before_cap, "M1": _bilateral, "M2": _bilateral, "M3": _bilateral, "M4": _surgery,
    "M5": _endoscopy_of_the_manual, "M6": _endoscopy_families, "M7": _endoscopy_with_base, "M8": _tests("4"),
    "M9": _therapy, "M10": _tests("6"), "M11": _tests("7"), "M12": _split_package, "M13": _return,
    "M14": _co_surgeon, "M15": _assistants, "M16": _forbidden_assistant, "M17": _equipment, "M18": _equipment,
    "A1": _anesthesia, "A2": _locality_factor, "P1": _practitioner("np"), "P2": _practitioner("csw"),
    "P3": lambda given: _shares(given, "CQ"), "N1": _limiting_charge, "N2": _limiting_charge, "N3": _shares,
    "N4": _shares, "N5": _unassigned, "X1": lambda _: _assistant_claim("80"),
    "X2": lambda _: _assistant_claim("AS"), "X3": _example_b, "X4": _charge_binds,
}  # fmt: skip


def _agree(found: Any, expected: Any) -> bool:
    """Equal to the cent, or within the tolerance that the vector states."""
    if isinstance(expected, dict):
        within = Decimal(expected.get("tol", "0"))
        named = {key: value for key, value in expected.items() if key != "tol"}
        return all(abs(Decimal(found[key]) - Decimal(value)) <= within for key, value in named.items())
    return bool(found == expected)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_engine_gives_the_known_answer(vector: dict[str, Any]) -> None:
    found = PRICED.get(vector["id"], _base)(vector["input"])
    assert _agree(found, vector["expect"]), (found, vector["expect"])
