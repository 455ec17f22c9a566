"""`/api/v1/amounts` and `/api/v1/claims`: lines by themselves, and lines of one claim."""

from django.http import QueryDict

from codes import pricing
from codes.api import sources
from codes.api.endpoint import Reply, valid
from codes.api.forms import AmountsForm, LinesForm
from codes.api.problems import invalid, wrong
from codes.code_request import bind_form, query_from_form
from codes.exports.claim_serializers import serialize_claim, serialize_contract, serialize_line
from codes.exports.serializers import (
    Json,
    as_text,
    serialize_confidence,
    serialize_locality,
    serialize_refusal,
    serialize_shares,
    serialize_step,
)
from codes.forms.price import PriceForm
from codes.queries import claim as claims
from codes.queries.amounts import LineAmount, contract_amounts, price_lines
from codes.queries.claim import Desk
from codes.queries.claim_contract import contracted_claim
from codes.queries.desk_line import DeskLine
from codes.queries.price_query import PriceQuery

CURRENCY = "USD"


def amounts(parameters: QueryDict) -> Reply:
    """Up to 200 lines, each priced by itself, in the order given."""
    calendar, _, form = bind_form(AmountsForm, parameters)
    cleaned = valid(form)
    refuse_undecided(form)
    query = query_from_form(form, usual="")
    priced = price_lines(calendar, cleaned["codes"], query)
    contract = cleaned["contract"]
    contracted = contract_amounts(calendar, cleaned["codes"], query, contract)
    data = {
        **serialize_question(query),
        "contract": contract.words if contract else None,
        "amounts": [
            serialize_amount(each, has_steps=cleaned["steps"]) | {"contract": as_text(amount)}
            for each, amount in zip(priced, contracted, strict=True)
        ],
    }
    return Reply(data, sources.of_amounts(calendar, query.date_of_service))


def claims_checked(parameters: QueryDict) -> Reply:
    """One claim: every line with what becomes of it and why, what articles say of its diagnoses, and the totals."""
    calendar, _, form = bind_form(LinesForm, parameters)
    cleaned = valid(form)
    refuse_undecided(form)
    at, lines = cleaned["dos"], cleaned["lines"]
    query = query_from_form(form, claims.usual_place_of(calendar, lines, at))
    desk = claims.work_through(calendar, lines, query, cleaned["all"], form.facts, cleaned["dx"])
    setting = {"place_of_service": query.place_of_service}
    answer = {**serialize_question(query), **setting, **_claim(desk), "contract": None}
    if contract := cleaned["contract"]:
        check, whole_day = desk.check, cleaned["all"]
        contracted = contracted_claim(calendar, check, query, contract, whole_day=whole_day)
        answer["contract"] = serialize_contract(contracted)
    return Reply(answer, sources.of_claims(calendar, at, has_coverage=bool(desk.coverage)))


def refuse_undecided(form: PriceForm) -> None:
    """Raise Problem 409 for a state of several localities: nobody is there to choose one."""
    if undecided := form.undecided:
        errors = [
            wrong(name, form.data.get(name), each) for name, words in undecided.items() for each in words
        ]
        raise invalid(errors, 409, "conflict")


def serialize_question(query: PriceQuery) -> Json:
    """What the lines of a request share."""
    return {
        "date_of_service": query.date_of_service.isoformat(),
        "locality": serialize_locality(query.locality),
        "practitioner": query.practitioner,
        "participating": query.participating,
        "assigned": query.assigned,
        "qualifying_apm": query.qualifying_apm,
        "currency": CURRENCY,
    }


def serialize_amount(each: LineAmount, *, has_steps: bool) -> Json:
    """One line: `allowed` and its shares, or why there is no amount."""
    line, price = each.line, each.price if each.price and not each.refusal else None
    found = {
        "code": line.code,
        "name": each.name,
        "modifiers": list(line.modifiers),
        "units": line.units,
        "charge": None if line.charge is None else f"{line.charge:.2f}",
        "place_of_service": line.place_of_service,
        "minutes": line.minutes,
        **serialize_priced(price),
        "not_priced": serialize_refusal(each.refusal) if each.refusal else None,
    }
    return found | {"steps": _steps(price)} if has_steps else found


def serialize_priced(price: pricing.LinePrice | None) -> Json:
    """What a line is allowed, who pays it and where it comes from; null throughout without an amount."""
    return {
        "allowed": as_text(price.allowed) if price else None,
        "currency": CURRENCY,
        "setting": price.setting if price else None,
        "shares": serialize_shares(price.shares) if price and price.shares else None,
        "release": price.source if price else None,
        "conversion_factor": as_text(price.conversion_factor) if price else None,
        "notes": list(price.notes) if price else [],
        "confidence": serialize_confidence(price.confidence) if price else None,
    }


def _claim(desk: Desk) -> Json:
    """The claim as its older twin has it, with the shapes that amounts have here."""
    serialized = serialize_claim(desk)
    return {
        "lines": [_claim_line(line, desk) for line in desk.lines],
        "totals": _totals(desk.claim) if desk.claim else None,
        "suggested_order": list(desk.order),
        "diagnoses": serialized["diagnoses"],
        "surgery_center": serialized["surgery_center"],
        "not_priced": serialize_refusal(desk.refusal) if desk.refusal else None,
    }


def _totals(claim: pricing.ClaimPrice) -> Json:
    """The sums of the lines that have an amount."""
    return {
        "allowed": as_text(claim.total_allowed),
        "currency": CURRENCY,
        "medicare_before_sequestration": as_text(claim.total_medicare_share),
        "sequestration": as_text(claim.total_sequestration),
        "medicare_paid": as_text(claim.total_medicare),
        "patient": as_text(claim.total_patient),
        "confidence": claim.confidence.level,
    }


def _claim_line(line: DeskLine, desk: Desk) -> Json:
    serialized, price = serialize_line(line, desk), line.price
    for former in ("medicare", "medicare_before_sequestration", "sequestration", "medicare_paid", "patient"):
        del serialized[former]
    del serialized["reasons"], serialized["source"]
    refusal = price.refusal if price else None
    return serialized | {
        **serialize_priced(price if price and not refusal else None),
        "steps": _steps(price),
        "not_priced": serialize_refusal(refusal) if refusal else None,
    }


def _steps(price: pricing.LinePrice | None) -> list[Json]:
    return [serialize_step(step) for step in price.steps] if price else []
