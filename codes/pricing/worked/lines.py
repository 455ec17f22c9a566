"""Known answers of one line: from figures to amounts by what they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from codes.pricing.anesthesia import locality_factor
from codes.pricing.claim import price_line
from codes.pricing.types import FeeScheduleRow, Gpci, Line, Locality
from codes.pricing.worked.rows import IN_DOLLARS, UNASSIGNED, made_up, priced, rows_of

Figures = dict[str, Any]
Amounts = dict[str, str]


def _allowed(row: FeeScheduleRow, *modifiers: str, **fields: Any) -> Amounts:
    return {"allowed": str(priced(row, *modifiers, **fields).allowed)}


def _base(figures: Figures) -> Amounts:
    """A row by its relative values, indices and factor."""
    shape = {
        "nonfacility_pe_rvu": Decimal(figures["pe"]),
        "malpractice_rvu": Decimal(figures["mp"]),
        "pctc": "1",
    }
    row = made_up(figures["code"], figures["w"], modifier=figures["mod"], **shape)
    somewhere = Locality("00000", "00", "made up", "", Gpci(*map(Decimal, figures["gpci"])))
    at = replace(IN_DOLLARS, locality=somewhere, conversion_factor=Decimal(figures["cf"]))
    return _allowed(row, *filter(None, [figures["mod"]]), at=at)


def _cap(figures: Figures) -> Amounts:
    fee = Decimal(figures["pfs"])
    return _allowed(
        made_up(fee="0", pctc="1", malpractice_rvu=fee, opps_malpractice=Decimal(figures["opps"]))
    )


def _both_sides(figures: Figures) -> Amounts:
    return _allowed(made_up(fee=figures["fee"], bilateral_surgery=figures["ind"]), "50")


def _charge_binds(figures: Figures) -> Amounts:
    row = made_up(fee=figures["fee"], bilateral_surgery=figures["bilat"])
    return _allowed(row, figures["modifier"], charge=Decimal(figures["charge"]))


def _split_package(figures: Figures) -> Amounts:
    row = made_up(
        fee=figures["fee"],
        global_days="090",
        preoperative_share=Decimal(figures["pre"]),
        intraoperative_share=Decimal(figures["intra"]),
        postoperative_share=Decimal(figures["post"]),
    )
    found = {modifier: str(priced(row, modifier).allowed) for modifier in ("54", "55")}
    return found | {"55, 60 of 90 days": str(priced(row, "55", care_days=60).allowed)}


def _return_to_surgery(figures: Figures) -> Amounts:
    shape = {"global_days": figures["glob"], "intraoperative_share": Decimal(figures["intra"])}
    return _allowed(made_up(fee=figures["fee"], **shape), "78")


def _co_surgeon(figures: Figures) -> Amounts:
    return _allowed(made_up(fee=figures["fee"], co_surgeons=figures["co"]), "62")


def _assistants(figures: Figures) -> Amounts:
    row = made_up(fee=figures["fee"], assistant_surgery=figures["asst"])
    return {modifier: str(priced(row, modifier).allowed) for modifier in ("80", "AS")}


def _refused_assistant(figures: Figures) -> Amounts:
    """A refusal that says what Medicare pays; an amount in its place would be none of these words."""
    line = priced(made_up(fee=figures["fee"], assistant_surgery=figures["asst"]), figures["modifier"])
    return {"allowed": str(line.refusal.medicare_pays)} if line.refusal and line.allowed is None else {}


def _equipment(figures: Figures) -> Amounts:
    """Film, computed radiography and CT on the technical and the global row of one code."""
    whole = made_up("70450", figures["glob"], pctc="1")
    rows = rows_of(whole, replace(whole, modifier="TC", work_rvu=Decimal(figures["tc"])))["70450"]
    sides = {"TC": ("TC",), "global": ()}
    return {
        f"{mark}, {name}": str(price_line(rows, Line("70450", (*side, mark)), IN_DOLLARS).allowed)
        for mark in figures["marks"]
        for name, side in sides.items()
    }


def _anesthesia(figures: Figures) -> Amounts:
    row = made_up("00100", "0", status="J")
    shape: Figures = {"minutes": figures["minutes"], "base_units": figures["base_units"]}
    shape["at"] = replace(IN_DOLLARS, anesthesia_factor=Decimal(figures["cf"]))
    found = {who: str(priced(row, who, **shape).allowed) for who in ("AA", "QK", "QX", "QZ", "AD")}
    present = priced(row, "AD", present_at_induction=True, **shape)
    return found | {"AD, present at induction": str(present.allowed)}


def _locality_factor(figures: Figures) -> Amounts:
    first, second, third = map(Decimal, figures["shares"])
    gpci = Gpci(*map(Decimal, figures["gpci"]))
    return {"factor": str(locality_factor(Decimal(figures["nat"]), gpci, (first, second, third)))}


def _practitioner(figures: Figures) -> Amounts:
    return _allowed(made_up(fee=figures["fee"]), at=replace(IN_DOLLARS, practitioner=figures["practitioner"]))


def _shares(figures: Figures) -> Amounts:
    at = replace(IN_DOLLARS, deductible_remaining=Decimal(figures["deductible_remaining"]))
    shares = priced(made_up(fee=figures["fee"]), *figures.get("modifiers", ()), at=at).shares
    if shares is None:
        return {}
    return {
        "deductible": str(shares.deductible),
        "coinsurance": str(shares.coinsurance),
        "Medicare before sequestration": str(shares.medicare),
        "sequestration": str(shares.sequestration),
        "Medicare pays": str(shares.medicare_after_sequestration),
    }


def _unassigned(figures: Figures) -> Amounts:
    charge = Decimal(figures["charge"]) if "charge" in figures else None
    line = priced(made_up(fee=figures["fee"]), at=UNASSIGNED, charge=charge)
    shares = line.shares
    if shares is None:
        return {}
    return {
        "fee, not participating": str(line.allowed),
        "limiting charge": str(shares.limiting_charge),
        "patient pays the provider": str(shares.provider_collects),
        "Medicare pays the patient": str(shares.medicare_after_sequestration),
        "patient's own share": str(shares.patient),
    }


LINES: Mapping[str, Callable[[Figures], Amounts]] = {
    "base": _base,
    "cap": _cap,
    "both_sides": _both_sides,
    "charge_binds": _charge_binds,
    "split_package": _split_package,
    "return_to_surgery": _return_to_surgery,
    "co_surgeon": _co_surgeon,
    "assistants": _assistants,
    "refused_assistant": _refused_assistant,
    "equipment": _equipment,
    "anesthesia": _anesthesia,
    "locality_factor": _locality_factor,
    "practitioner": _practitioner,
    "shares": _shares,
    "limiting_charge": _unassigned,
    "unassigned": _unassigned,
}
