"""The order of checks over one claim: one patient, one day, one rendering provider, one setting.

First what each line is by itself, one check after the other, each seeing what those before it left: codes, modifiers
and places; the rules on single lines; status; services that are paid to the hospital; duplicates; units. Then what the
lines that are left do to each other (`standing`): status T, bundling for every pair, add-ons, global packages, and the
rules on companions of `codes.rules`. A line that falls anywhere denies no other, and takes no part in ranking; nothing
depends on the order in which lines were typed. CMS does not publish whether bundling or units come first: where it
matters, the finding says so.

>>> claim = [Line("99213"), Line("99213")]
>>> check = check_claim(claim, Reference(rows={}, fee_schedule=""), date(2024, 7, 1))
>>> check.lines[1].denied_reason
'Line 2 (99213) repeats line 1 (99213): nothing on it says that the service was given again.'
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from codes.ncci import addon, claim_rules, idle_modifiers, ptp, same_day, units, validity
from codes.ncci.standing import standing_of
from codes.ncci.types import CheckedLine, ClaimCheck, Finding, LineCheck, NumberedLine, Outcome, Reference
from codes.ncci.verdicts import verdict
from codes.pricing.types import FeeScheduleRow, Line
from codes.rules import BY_NAME

Check = Callable[[Sequence[NumberedLine], Reference, date], list[Finding]]
UNPAID = (Outcome.DENIED, Outcome.RETURNED)


def check_claim(lines: Sequence[Line], reference: Reference, at: date) -> ClaimCheck:
    """All findings of a claim, and a verdict on each line, numbered from 1 in the order billed.

    `at` is the date of service of every line. The tables of `reference` are those in force on it.
    """
    findings = _findings(lines, reference, at)
    return ClaimCheck(
        tuple(verdict(number, line, findings) for number, line in enumerate(lines, 1)), tuple(findings)
    )


def check_line(line: Line, reference: Reference, at: date) -> LineCheck:
    """The verdict on a line whose claim is not known: what it is by itself, and what hangs on the other lines."""
    findings = _findings([line], reference, at)
    hanging = tuple(finding for finding in findings if _hangs_on_others(finding))
    return LineCheck(verdict(1, line, [each for each in findings if each not in hanging]), hanging)


def unpaid_by_itself(line: Line, reference: Reference, at: date) -> CheckedLine | None:
    """The verdict on a line that is denied or returned whatever the others are; None for any other."""
    return _unpaid(line, (*_against(), _check_units), reference, at)


def unpaid_with(modifier: str, line: Line, reference: Reference, at: date) -> CheckedLine | None:
    """The same of a line that is neither denied nor returned without this modifier: only what names it is asked."""
    return _unpaid(line, _against(modifier), reference, at)


def _against(of_modifier: str = "") -> tuple[Check, ...]:
    """What can speak against a line by itself, its units apart."""
    rules = partial(claim_rules.check_denials, of_modifier=of_modifier)
    return _check_validity, rules, _check_status, _check_hospital_services


def _unpaid(line: Line, checks: Iterable[Check], reference: Reference, at: date) -> CheckedLine | None:
    """What these checks have against a line, up to the first that denies it."""
    against: list[Finding] = []
    for check in checks:
        against += [each for each in check([NumberedLine(1, line)], reference, at) if each.outcome in UNPAID]
        if any(finding.denies for finding in against):
            break
    return verdict(1, line, against) if against else None


def _findings(lines: Sequence[Line], reference: Reference, at: date) -> list[Finding]:
    numbered = [NumberedLine(number, line) for number, line in enumerate(lines, 1)]
    left, findings = _check_by_themselves(numbered, reference, at)
    findings += _check_together(left, [line for line in numbered if line not in left], reference, at)
    return idle_modifiers.note_idle(findings, numbered, reference.ptp, at)


def _hangs_on_others(finding: Finding) -> bool:
    if finding.rule:
        return BY_NAME[finding.rule].looks_at_other_lines and finding.outcome is not Outcome.CONSIDER
    return finding.kind == addon.KIND


def _check_by_themselves(
    lines: Sequence[NumberedLine], reference: Reference, at: date
) -> tuple[Sequence[NumberedLine], list[Finding]]:
    """The lines that are payable by themselves, and what was found of all."""
    left: Sequence[NumberedLine] = lines
    findings: list[Finding] = []
    for check in BY_THEMSELVES:
        found = check(left, reference, at)
        denied = {number for finding in found for number in finding.denies}
        left = [line for line in left if line.number not in denied]
        findings += found
    return left, findings


def _check_together(
    lines: Sequence[NumberedLine], fallen: Sequence[NumberedLine], reference: Reference, at: date
) -> list[Finding]:
    """What the lines that are payable by themselves do to each other."""
    standing = standing_of(lines, reference, at)
    alone = same_day.check_services_paid_alone(lines, standing.lines, reference)
    bundled = {number for finding in alone for number in finding.denies}
    judged = [line for line in lines if line.number not in bundled]
    out = [*fallen, *(line for line in lines if line.number in bundled)]
    found = [
        *alone,
        *ptp.check_lines(
            judged,
            out,
            _paid_here(standing.lines, reference),
            reference.ptp,
            at,
            _whole_codes([*judged, *out], reference),
        ),
        *_check_add_ons(judged, standing.lines, reference, at),
        *same_day.check_global_packages(judged, standing.lines, reference),
    ]
    denied = {number for finding in found for number in finding.denies}
    payable = [line for line in judged if line.number not in denied]
    return [*found, *claim_rules.check_companions(payable, lines, reference, at)]


def lines_to_price(check: ClaimCheck) -> tuple[Line, ...]:
    """The lines for the payment engine, in the order billed, each denied one with its reason, and with what the
    checks leave to the MAC."""
    repriced = claim_rules.repriced(check.findings)
    return tuple(
        replace(
            repriced.get(checked.number, checked.line),
            denied=checked.denied_reason,
            left_to_mac=_left_to_mac(checked),
        )
        for checked in check.lines
    )


def _left_to_mac(checked: CheckedLine) -> str:
    """Why an amount is uncertain after the checks, in a few words; '' where they settle it."""
    return next((words for finding in checked.findings if (words := _uncertain(finding, checked))), "")


def _uncertain(finding: Finding, checked: CheckedLine) -> str:
    denies = checked.number in finding.denies
    if finding.outcome is Outcome.MAY_PASS and denies:
        return "denied as billed; can be bypassed with a modifier if the record supports it"
    if finding.may_be_appealed and denies:
        return "units above the limit; an appeal with the record may be paid"
    if finding.kind == addon.KIND and finding.outcome is Outcome.MAC_DECIDES:
        return "no listed primary of the add-on is on this claim; the MAC decides"
    if finding.risks(checked.line.code):
        return "only a site modifier bypasses the edit, and it shows no second site; it can be recouped on review"
    return ""


def suggested_order(check: ClaimCheck, key: Callable[[int], Any]) -> tuple[int, ...]:
    """Line numbers in the order to bill: payable lines first by `key`, the greatest first (equal ones as
    billed), then the denied ones as billed. `key` takes a line number; callers know what ranking compares.
    """
    payable = [line.number for line in check.lines if not line.denied]
    denied = [line.number for line in check.lines if line.denied]
    return (*sorted(payable, key=key, reverse=True), *denied)


def _check_validity(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return validity.check_validity(lines, reference)


def _check_status(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return validity.check_status(lines, reference)


def _check_duplicates(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return same_day.check_duplicates(lines, reference.units)


def _check_units(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    bilateral = {code: row.bilateral_surgery for code, row in _whole_codes(lines, reference).items()}
    return units.check_units(lines, reference.units, at, bilateral)


def _check_hospital_services(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return same_day.check_hospital_services(lines, reference)


BY_THEMSELVES: tuple[Check, ...] = (
    _check_validity,
    claim_rules.check_lines,
    _check_status,
    _check_hospital_services,
    _check_duplicates,
    _check_units,
)


def _check_add_ons(
    lines: Sequence[NumberedLine], standing: Sequence[NumberedLine], reference: Reference, at: date
) -> list[Finding]:
    unknown = addon.not_checked([line for line in lines if _is_zzz(line, reference)], reference.add_ons)
    known = addon.check_add_ons(lines, standing, reference.add_ons, at) if reference.add_ons else []
    return [*unknown, *known]


def _whole_codes(lines: Sequence[NumberedLine], reference: Reference) -> dict[str, FeeScheduleRow]:
    """The row of each whole code of these lines, never of a component."""
    held = {code: reference.rows[code].rows for line in lines if (code := line.code) in reference.rows}
    return {code: rows[""] for code, rows in held.items() if "" in rows}


def _paid_here(lines: Sequence[NumberedLine], reference: Reference) -> list[NumberedLine]:
    return [line for line in lines if same_day.is_paid_here(line, reference)]


def _is_zzz(line: NumberedLine, reference: Reference) -> bool:
    row = reference.row(line)
    return row is not None and row.global_days == "ZZZ"
