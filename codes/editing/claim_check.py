"""The order of checks over one claim: one patient, one day, one rendering provider, one setting.

The order: codes, modifiers and places; status; statutory modifiers; duplicates; bundling for every pair;
units; add-ons; global packages; technical services in a hospital, and services paid only alone. Each check
sees the lines that the checks before it left standing; a denied line takes no part in ranking. CMS does not
publish whether bundling or units come first: both are reported, bundling first.

>>> claim = [Line("99213"), Line("99213")]
>>> check = check_claim(claim, Reference(rows={}, fee_schedule=""), date(2024, 7, 1))
>>> check.lines[1].denied_reason
'Line 2 (99213) repeats line 1 (99213): nothing on it says that the service was given again.'
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from codes.pricing.types import Line

from . import addon, ptp, same_day, units, validity
from .types import CheckedLine, ClaimCheck, Finding, NumberedLine, Outcome, Reference

Check = Callable[[Sequence[NumberedLine], Reference, date], list[Finding]]

_CAUTIONS = (Outcome.MAC_DECIDES, Outcome.WARNING, Outcome.NOT_CHECKED)


def check_claim(lines: Sequence[Line], reference: Reference, at: date) -> ClaimCheck:
    """All findings of a claim, and a verdict on each line, numbered from 1 in the order billed.

    `at` is the date of service of every line. The tables of `reference` are those in force on it.
    """
    standing = [NumberedLine(number, line) for number, line in enumerate(lines, 1)]
    findings: list[Finding] = []
    for check in CHECKS:
        found = check(standing, reference, at)
        denied = {number for finding in found for number in finding.denies}
        standing = [line for line in standing if line.number not in denied]
        findings += found
    return ClaimCheck(
        tuple(_verdict(number, line, findings) for number, line in enumerate(lines, 1)), tuple(findings)
    )


def lines_to_price(check: ClaimCheck) -> tuple[Line, ...]:
    """The lines for the payment engine, in the order billed, each denied one with its reason, and with what the
    checks leave to the MAC."""
    return tuple(
        replace(checked.line, denied=checked.denied_reason, left_to_mac=_left_to_mac(checked))
        for checked in check.lines
    )


def _left_to_mac(checked: CheckedLine) -> str:
    """Why an amount is uncertain after the checks, in a few words; '' where they settle it."""
    return next((words for finding in checked.findings if (words := _uncertain(finding, checked))), "")


def _uncertain(finding: Finding, checked: CheckedLine) -> str:
    denies = checked.number in finding.denies
    if finding.outcome is Outcome.MAY_PASS and denies:
        return "denied as billed; a modifier may pass where the record supports it"
    if finding.may_be_appealed and denies:
        return "units above the limit; an appeal with the record may be paid"
    if finding.kind == addon.KIND and finding.outcome is Outcome.MAC_DECIDES:
        return "no listed primary of the add-on is on this claim; the MAC decides"
    if finding.outcome is Outcome.WARNING and finding.edit and finding.edit.column_two == checked.line.code:
        return "a bundling edit is passed by a site that both lines share; it may be denied on review"
    return ""


def suggested_order(check: ClaimCheck, key: Callable[[int], Any]) -> tuple[int, ...]:
    """Line numbers in the order to bill: payable lines first by `key`, the greatest first (equal ones as
    billed), then the denied ones as billed. `key` takes a line number; callers know what ranking compares.
    """
    payable = [line.number for line in check.lines if not line.denied]
    denied = [line.number for line in check.lines if line.denied]
    return (*sorted(payable, key=key, reverse=True), *denied)


def _check_validity(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return validity.judge_validity(lines, reference)


def _check_status(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return validity.judge_status(lines, reference)


def _check_notices(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return validity.judge_notices(lines)


def _check_duplicates(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return same_day.judge_duplicates(lines)


def _check_bundling(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return ptp.judge_lines(lines, reference.ptp, at)


def _check_units(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    bilateral = {
        code: rows.rows[""].bilateral_surgery for code, rows in reference.rows.items() if "" in rows.rows
    }
    return units.judge_units(lines, reference.units, at, bilateral)


def _check_add_ons(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    if reference.add_ons is None:
        return addon.not_checked([line for line in lines if _is_zzz(line, reference)])
    return addon.judge_add_ons(lines, reference.add_ons, at)


def _check_global_packages(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return same_day.judge_global_packages(lines, reference)


def _check_services_paid_alone(
    lines: Sequence[NumberedLine], reference: Reference, at: date
) -> list[Finding]:
    return same_day.judge_services_paid_alone(lines, reference)


def _check_hospital_services(lines: Sequence[NumberedLine], reference: Reference, at: date) -> list[Finding]:
    return same_day.judge_hospital_services(lines, reference)


CHECKS: tuple[Check, ...] = (
    _check_validity,
    _check_status,
    _check_notices,
    _check_duplicates,
    _check_bundling,
    _check_units,
    _check_add_ons,
    _check_global_packages,
    _check_hospital_services,
    _check_services_paid_alone,
)


def _is_zzz(line: NumberedLine, reference: Reference) -> bool:
    row = reference.row(line)
    return row is not None and row.global_days == "ZZZ"


def _verdict(number: int, line: Line, findings: Sequence[Finding]) -> CheckedLine:
    """What the findings mean for one line: the first that denies it decides."""
    own = tuple(finding for finding in findings if number in finding.lines)
    for finding in own:
        if number in finding.denies:
            denied = "Denied as billed." if finding.outcome is Outcome.MAY_PASS else "Denied."
            verdict = f"{denied} {finding.words}"
            return CheckedLine(number, line, own, finding.words, verdict, finding.citation, finding.liability)
    return CheckedLine(number, line, own, "", _payable(own))


def _payable(findings: Sequence[Finding]) -> str:
    cautions = [finding.words for finding in findings if finding.outcome in _CAUTIONS]
    return " ".join(["Not denied by these checks.", *cautions])
