"""Ceilings: the imaging cap of the outpatient prospective payment system, and the limiting charge.

The cap: Deficit Reduction Act of 2005, §5102(b); Social Security Act §1848(b)(4). It touches the technical
component and the global service, never modifier 26, and is compared after the multiple-procedure reduction.
CMS's OPPSCAP file lists, for status A, only the rows where the cap is below the fee; for status C it holds
the ceiling of a MAC's own price. The file names California's localities 17, 18 and 71 to 74 under MAC
01112 as well as 01182, where the GPCI file has 01182 only.
"""

from decimal import Decimal

from codes.pricing import formula
from codes.pricing.arithmetic import money
from codes.pricing.rounding import to_cents
from codes.pricing.types import FeeScheduleRow, Setting
from codes.pricing.working import UnitGroup, Working

CITATION = "Social Security Act §1848(b)(4)"
LIMITING_CHARGE = Decimal("1.0925")
NONPARTICIPATING = Decimal("0.95")
_CALIFORNIA = frozenset({"17", "18", "71", "72", "73", "74"})


def locality_key(mac: str, locality: str) -> tuple[str, str]:
    """The GPCI file's key of a locality that OPPSCAP may name by another MAC number.

    >>> locality_key("01112", "18"), locality_key("01112", "05")
    (('01182', '18'), ('01112', '05'))
    """
    return ("01182", locality) if mac == "01112" and locality in _CALIFORNIA else (mac, locality)


def cap_carriers(mac: str) -> set[str]:
    """The MAC numbers under which OPPSCAP may hold a locality: some of California's stand under the other carrier."""
    return {mac, "01112"} if mac == "01182" else {mac}


def cap_of(row: FeeScheduleRow, setting: Setting, working: Working) -> Decimal | None:
    """The OPPS amount of one unit in dollars, from CMS's file where it is loaded, else worked out; None where
    nothing caps this row."""
    circumstances = working.circumstances
    if row.modifier == "26":
        return None
    if circumstances.opps_caps is not None:
        prices = circumstances.opps_caps.get((row.code, row.modifier))
        return None if prices is None else prices[0 if setting == "facility" else 1]
    if row.status == "C" or not formula.has_opps_amount(row):
        return None
    return formula.opps_amount(row, setting, circumstances.locality.gpci, circumstances.known_factor)


def apply_opps_cap(working: Working) -> None:
    """S9: each unit at most the OPPS amount, after it has been reduced."""
    cap = _scaled_cap(working, working.row)
    if cap is None:
        return
    technical_cap = _scaled_cap(working, working.rows.rows.get("TC"))
    working.parts = [_capped(working, part, cap, technical_cap) for part in working.parts]


def _scaled_cap(working: Working, row: FeeScheduleRow | None) -> Decimal | None:
    """The cap of a row for what is one unit on this line, such as both sides together."""
    cap = None if row is None else cap_of(row, working.setting, working)
    return None if cap is None else to_cents(cap * working.scaled_by)


def _capped(working: Working, part: UnitGroup, cap: Decimal, technical_cap: Decimal | None) -> UnitGroup:
    """The cap is on the technical component: what a ranking took off the professional one stays off."""
    shown = f"{money(cap)} − {money(part.off_professional)}" if part.off_professional else money(cap)
    cap -= part.off_professional
    if part.amount <= cap:
        return part
    title = "Imaging is paid at most what the outpatient hospital system pays"
    formula_text = f"min({money(part.amount)}, {shown}) = {money(cap)}"
    working.step("opps_cap", title, CITATION, "", formula_text, cap)
    working.lower_confidence("Day", "the imaging cap applies")
    technical = part.technical
    if technical is not None:
        limit = cap if working.row.modifier == "TC" else technical_cap
        technical = technical if limit is None else min(technical, limit)
    return UnitGroup(part.units, cap, technical)


def ceiling_of(working: Working) -> Decimal | None:
    """For a row that the MAC prices: the OPPS amount, in dollars, that its price may not exceed."""
    caps = working.circumstances.opps_caps
    prices = caps.get((working.row.code, working.row.modifier)) if caps else None
    return None if prices is None else prices[0 if working.setting == "facility" else 1]


def limiting_charge(amount: Decimal) -> Decimal:
    """The most that a nonparticipating physician may collect on an unassigned claim: 115 percent of 95
    percent of the full amount, rounded once (Social Security Act §1848(g)(2); 42 CFR 414.48).

    >>> limiting_charge(Decimal("90.08"))
    Decimal('98.41')
    """
    return to_cents(amount * LIMITING_CHARGE)
