"""The answers of the Claim Desk for programs: JSON, and the rows of the CSV. Every key and column is written here."""

from collections.abc import Iterator
from typing import Any

from codes import ncci, pricing
from codes.denials import expected
from codes.exports.coverage_serializers import serialize_support
from codes.exports.diagnosis_serializers import serialize_checked
from codes.exports.serializers import NOTICE, Json, as_text
from codes.links import denial_address
from codes.queries.claim import Desk
from codes.queries.claim_contract import ContractedClaim
from codes.queries.desk_line import DeskLine
from codes.queries.missed_money import Missed
from codes.queries.session_at_center import SurgeryCenterClaim
from codes.rules import Fix

COLUMNS = (
    *("line", "code", "modifiers", "units", "status"),
    *("verdict", "allowed", "medicare", "patient", "confidence"),
    *("medicare_before_sequestration", "sequestration", "medicare_paid", "source", "fix"),
)


def serialize_claim(desk: Desk, contracted: ContractedClaim | None = None) -> Json:
    """Every line with what becomes of it, and the totals; why there are none where nothing could be priced."""
    checked: Json = {
        "lines": [serialize_line(line, desk) for line in desk.lines],
        "diagnoses": serialize_checked(desk.diagnoses),
        "surgery_center": serialize_center(desk.surgery_center) if desk.surgery_center else None,
        "contract": serialize_contract(contracted) if contracted else None,
    }
    if desk.claim is None:
        return {**checked, "not_priced": desk.refusal.text if desk.refusal else None}
    return {**checked, **serialize_totals(desk, desk.claim)}


def serialize_contract(contracted: ContractedClaim) -> Json:
    """What the contract pays for each line, in their order, and in all."""
    return {
        "words": contracted.contract.words,
        "amounts": [as_text(amount) for amount in contracted.amounts],
        "total": as_text(contracted.total),
        "not_priced": contracted.refusal.text if contracted.refusal else None,
    }


def serialize_center(center: SurgeryCenterClaim) -> Json:
    """What the surgery center bills for the same session on its own claim; national, before the wage index."""
    return {
        "lines": [
            {
                "line": each.number,
                "code": each.code,
                "rate": as_text(each.payment.allowed),
                "percent": int(each.fraction * 100),
                "allowed": as_text(each.allowed),
                "meaning": each.payment.sentence,
            }
            for each in center.lines
        ],
        "total": as_text(center.total),
        "list": center.release.name,
        "list_in_force_from": center.release.effective_from.isoformat(),
    }


def serialize_line(line: DeskLine, desk: Desk) -> Json:
    """One line: as billed, what the checks find, and its amounts."""
    price = line.price
    return {
        "line": line.checked.number,
        "code": line.line.code,
        "modifiers": list(line.line.modifiers),
        "units": line.line.units,
        "diagnosis_pointers": list(line.line.pointers),
        "status": line.status.value,
        "verdict": line.verdict,
        "denied": line.denied,
        "reason": line.reason or None,
        "fix": serialize_fix(line.fix, desk) if line.fix else None,
        "rules": list(line.rules),
        "denial": serialize_expected(line),
        "also_consider": [serialize_missed(missed, desk) for missed in line.considered],
        "coverage": serialize_coverage(line, desk),
        "findings": [serialize_finding(finding) for finding in line.findings],
        "allowed": as_text(price.allowed) if price else None,
        "steps": [[step.title, step.formula, step.citation] for step in price.steps] if price else [],
        "not_priced": price.refusal.text if price and price.refusal else None,
        **serialize_line_shares(price.shares if price else None),
        "source": price.source if price else None,
        "notes": list(price.notes) if price else [],
        "confidence": price.confidence.level if price else None,
        "reasons": list(price.confidence.reasons) if price else [],
    }


def serialize_coverage(line: DeskLine, desk: Desk) -> Json | None:
    """What articles of the contractor say of the claim's diagnoses for the line; null where none were given, or no
    coverage download is loaded."""
    found = desk.coverage.get((line.line.code, line.line.pointers))
    return serialize_support(found) if found else None


def serialize_expected(line: DeskLine) -> Json | None:
    """The denial to expect, with the address of the step after it; null for a line that is paid or not checked."""
    found = expected.of_line(line.checked) if line.is_unpaid else None
    if found is None:
        return None
    return {
        "group": found.group or None,
        "reason": found.reason,
        "remarks": list(found.remarks),
        "advice": denial_address(found.query(line.line), ".json"),
    }


def serialize_finding(finding: ncci.Finding) -> Json:
    """One thing that a check says, and where CMS says it."""
    return {
        "outcome": finding.outcome.value,
        "words": finding.words,
        "source": finding.source or None,
        "citation": finding.citation,
        "rule": finding.rule or None,
    }


def serialize_fix(fix: Fix, desk: Desk) -> Json:
    """What to do, and the `lines` of the address that checks the claim again with it done; null where it is not done
    on the claim."""
    return {"sentence": fix.sentence, "lines": desk.lines_after(fix) or None}


def serialize_missed(missed: Missed, desk: Desk) -> Json:
    """What the biller may have missed; `worth` is what Medicare allows for it, null where it adds no line."""
    return {
        "sentence": missed.finding.words,
        "worth": as_text(missed.worth),
        "fix": serialize_fix(missed.fix, desk) if missed.fix else None,
        "rule": missed.finding.rule,
    }


def serialize_line_shares(shares: pricing.Shares | None) -> Json:
    """Who pays a line's amount; all null without one. `medicare` is its share before sequestration."""
    return {
        "medicare": as_text(shares.medicare) if shares else None,
        "medicare_before_sequestration": as_text(shares.medicare) if shares else None,
        "sequestration": as_text(shares.sequestration) if shares else None,
        "medicare_paid": as_text(shares.medicare_after_sequestration) if shares else None,
        "patient": as_text(shares.patient) if shares else None,
    }


def serialize_totals(desk: Desk, claim: pricing.ClaimPrice) -> Json:
    """The sums of all lines that have an amount. `total_medicare` is what Medicare pays, after sequestration."""
    return {
        "total_allowed": as_text(claim.total_allowed),
        "total_medicare": as_text(claim.total_medicare),
        "total_patient": as_text(claim.total_patient),
        "medicare_before_sequestration": as_text(claim.total_medicare_share),
        "sequestration": as_text(claim.total_sequestration),
        "medicare_paid": as_text(claim.total_medicare),
        "suggested_order": list(desk.order),
        "confidence": claim.confidence.level,
        "releases": desk.releases,
        "notice": NOTICE,
    }


def claim_rows(desk: Desk) -> Iterator[tuple[Any, ...]]:
    """The lines, then what sequestration takes off, and the total: with them each column of dollars adds up."""
    yield from map(_row, desk.lines)
    if desk.claim:
        yield from _total_rows(desk.claim)


def _row(line: DeskLine) -> tuple[Any, ...]:
    price = line.price
    shares = price.shares if price else None
    return (
        line.checked.number,
        line.line.code,
        " ".join(line.line.modifiers),
        line.line.units,
        line.status.value,
        line.verdict,
        price.allowed if price else None,
        shares.medicare if shares else None,
        shares.patient if shares else None,
        price.confidence.level if price else None,
        shares.medicare if shares else None,
        shares.sequestration if shares else None,
        shares.medicare_after_sequestration if shares else None,
        price.source if price else None,
        line.fix.sentence if line.fix else None,
    )


def _total_rows(claim: pricing.ClaimPrice) -> Iterator[tuple[Any, ...]]:
    unused, paid = (None,) * 5, claim.total_medicare
    totals = (claim.total_allowed, paid, claim.total_patient, claim.confidence.level)
    of_medicare = (claim.total_medicare_share, claim.total_sequestration, paid)
    yield ("sequestration", *unused, None, -claim.total_sequestration, *(None,) * 7)
    yield ("total", *unused, *totals, *of_medicare, None, None)
