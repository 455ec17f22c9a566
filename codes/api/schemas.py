"""What the `data` of each address is, in JSON Schema. Amounts and rates are strings as printed, so that no program
rounds them; a test holds every example against its schema."""

from collections.abc import Mapping
from typing import Any

from codes.diagnoses.support import Support

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
DECIMAL: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
MONEY: Schema = {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"}
CURRENCY: Schema = {"type": "string", "const": "USD"}
DATE: Schema = {"type": "string", "format": "date"}
MAYBE_DATE: Schema = {"type": ["string", "null"], "format": "date"}
WHOLE: Schema = {"type": "integer"}
MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
YES_OR_NO: Schema = {"type": "boolean"}
LINK: Schema = {"type": "string", "format": "uri"}
MAYBE_LINK: Schema = {"type": ["string", "null"], "format": "uri"}
OBJECT: Schema = {"type": "object"}
MAYBE_OBJECT: Schema = {"type": ["object", "null"]}
CODE: Schema = {"type": "string", "pattern": "^[0-9A-Z]{5}$"}


def of(name: str) -> Schema:
    """A reference to a schema of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(name: str) -> Schema:
    """The same, or null."""
    return {"anyOf": [of(name), {"type": "null"}]}


def several(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def an_object(**properties: Schema) -> Schema:
    """An object that has all of these keys; more may come."""
    return {"type": "object", "properties": properties, "required": list(properties)}


_QUESTION = {
    "date_of_service": DATE,
    "locality": an_object(key=TEXT, name=TEXT, state=TEXT),
    "practitioner": TEXT,
    "participating": YES_OR_NO,
    "assigned": YES_OR_NO,
    "qualifying_apm": YES_OR_NO,
    "currency": CURRENCY,
}
_PRICED = {
    "allowed": MONEY,
    "currency": CURRENCY,
    "setting": MAYBE_TEXT,
    "shares": maybe("Shares"),
    "release": MAYBE_TEXT,
    "conversion_factor": DECIMAL,
    "notes": several(TEXT),
    "confidence": maybe("Confidence"),
}
SUPPORT: Schema = {"type": "string", "enum": [each.value for each in Support]}
_EDITS_HEADING = {"date_of_service": DATE, "setting": TEXT, "release": MAYBE_TEXT}
_MODIFIER = {
    "modifier": {"type": "string", "pattern": "^[0-9A-Z]{2}$"},
    "since": MAYBE_DATE,
    "until": MAYBE_DATE,
    "page": LINK,
    **dict.fromkeys(("name", "kind", "asserts", "when_right", "effect", "misuse", "codes", "source"), TEXT),
}
SCHEMAS: Mapping[str, Schema] = {
    "Source": an_object(source=TEXT, title=TEXT, release=TEXT, in_force_from=DATE, is_sample=YES_OR_NO),
    "Problem": an_object(
        type=LINK, title=TEXT, status=WHOLE, detail=TEXT, errors=several(of("WrongParameter"))
    ),
    "WrongParameter": an_object(field=TEXT, value=MAYBE_TEXT, detail=TEXT, expected=MAYBE_TEXT),
    "NotPriced": an_object(
        kind=TEXT,
        text=TEXT,
        citation=TEXT,
        pays_elsewhere=MAYBE_TEXT,
        medicare_pays=MONEY,
        liability=MAYBE_TEXT,
    ),
    "Confidence": an_object(level=TEXT, reasons=several(TEXT)),
    "Step": an_object(rule=TEXT, title=TEXT, formula=TEXT, result=DECIMAL, citation=TEXT, section=TEXT),
    "Shares": an_object(
        medicare=MONEY,
        sequestration=MONEY,
        medicare_after_sequestration=MONEY,
        patient=MONEY,
        deductible=MONEY,
        coinsurance=MONEY,
        coinsurance_rate=DECIMAL,
        limiting_charge=MONEY,
    ),
    "Amount": an_object(
        code=CODE,
        name=TEXT,
        modifiers=several(TEXT),
        units=WHOLE,
        charge=MONEY,
        place_of_service=TEXT,
        minutes=MAYBE_WHOLE,
        **_PRICED,
        not_priced=maybe("NotPriced"),
        contract=MONEY,
    ),
    "Amounts": an_object(**_QUESTION, contract=MAYBE_TEXT, amounts=several(of("Amount"))),
    "Claim": an_object(
        **_QUESTION,
        place_of_service=TEXT,
        lines=several(of("ClaimLine")),
        totals=MAYBE_OBJECT,
        suggested_order=several(WHOLE),
        diagnoses=maybe("Diagnoses"),
        surgery_center=MAYBE_OBJECT,
        contract=maybe("ContractOfClaim"),
        not_priced=maybe("NotPriced"),
    ),
    "ContractOfClaim": an_object(words=TEXT, amounts=several(MONEY), total=MONEY, not_priced=MAYBE_TEXT),
    "Diagnoses": an_object(
        codes=several(an_object(code=TEXT, name=MAYBE_TEXT)),
        findings=several(
            an_object(
                kind=TEXT,
                codes=several(TEXT),
                words=TEXT,
                fix=MAYBE_TEXT,
                source=TEXT,
                reasons=several(TEXT),
                returned=YES_OR_NO,
            )
        ),
        returned=YES_OR_NO,
        release=MAYBE_TEXT,
        not_checked=MAYBE_TEXT,
    ),
    "Coverage": an_object(
        code=CODE,
        support=SUPPORT,
        words=TEXT,
        articles=several(
            an_object(
                number=TEXT, title=TEXT, address=LINK, support=SUPPORT, words=TEXT, diagnoses=several(TEXT)
            )
        ),
        release=TEXT,
    ),
    "ClaimLine": an_object(
        line=WHOLE,
        code=CODE,
        modifiers=several(TEXT),
        units=WHOLE,
        diagnosis_pointers=several(TEXT),
        status={"enum": ["denied", "returned", "conditional", "at_risk", "not_checked", "paid"]},
        verdict=TEXT,
        denied=YES_OR_NO,
        reason=MAYBE_TEXT,
        fix=MAYBE_OBJECT,
        findings=several(OBJECT),
        coverage=maybe("Coverage"),
        **_PRICED,
        steps=several(of("Step")),
        not_priced=maybe("NotPriced"),
    ),
    "Code": an_object(
        code=CODE,
        name=TEXT,
        page=LINK,
        life=OBJECT,
        place_of_service=TEXT,
        modifiers=several(TEXT),
        units=WHOLE,
        **_QUESTION,
        amount={"anyOf": [an_object(**_PRICED, steps=several(of("Step"))), {"type": "null"}]},
        limiting_charge=MONEY,
        not_priced=maybe("NotPriced"),
        will_it_be_paid=MAYBE_OBJECT,
        components=several(OBJECT),
        indicators=several(an_object(field=TEXT, title=TEXT, value=TEXT, words=TEXT, citation=TEXT)),
        unit_limits=several(an_object(setting=TEXT, release=MAYBE_TEXT, limit=MAYBE_WHOLE)),
        edits=an_object(address=LINK, practitioner=MAYBE_OBJECT, hospital=MAYBE_OBJECT),
        add_ons=MAYBE_OBJECT,
        modifiers_offered=several(an_object(modifier=TEXT, address=LINK)),
        sites=several(OBJECT),
        tips=several(an_object(text=TEXT, impact=MAYBE_TEXT, payer=TEXT, source=TEXT, link=MAYBE_LINK)),
        changes=several(of("Change")),
        manual=several(an_object(location=TEXT, page=LINK)),
    ),
    "FoundCode": an_object(
        code=CODE,
        name=TEXT,
        is_deleted=YES_OR_NO,
        nonfacility=MONEY,
        facility=MONEY,
        currency=CURRENCY,
        note=MAYBE_TEXT,
        address=LINK,
        page=LINK,
    ),
    "Edit": an_object(
        column_one=CODE,
        column_two=CODE,
        indicator={"enum": ["0", "1", "9"]},
        effective=MAYBE_DATE,
        deletion=MAYBE_DATE,
        rationale=TEXT,
    ),
    "EditsOfCode": an_object(
        **_EDITS_HEADING, code=CODE, status=TEXT, not_checked=MAYBE_TEXT, edits=several(of("Edit"))
    ),
    "Pairs": an_object(
        **_EDITS_HEADING,
        pairs=several(
            an_object(
                codes=several(CODE),
                outcome=TEXT,
                words=TEXT,
                citation=TEXT,
                column_one=MAYBE_TEXT,
                column_two=MAYBE_TEXT,
                indicator=MAYBE_TEXT,
            )
        ),
    ),
    "Modifier": an_object(**_MODIFIER),
    "Change": an_object(
        source=TEXT,
        release=TEXT,
        in_force_from=DATE,
        former_release=MAYBE_TEXT,
        kind=TEXT,
        code=TEXT,
        name=MAYBE_TEXT,
        other=MAYBE_TEXT,
        before=MAYBE_TEXT,
        after=MAYBE_TEXT,
        sentence=TEXT,
    ),
    "Locality": an_object(
        key=TEXT,
        mac=TEXT,
        locality=TEXT,
        name=TEXT,
        state=TEXT,
        counties=MAYBE_TEXT,
        contractor=MAYBE_TEXT,
        gpci=an_object(work=DECIMAL, practice_expense=DECIMAL, malpractice=DECIMAL),
        page=LINK,
    ),
    "Release": an_object(
        source=TEXT,
        title=TEXT,
        release=TEXT,
        in_force_from=DATE,
        is_in_force_today=YES_OR_NO,
        file_name=TEXT,
        sha256=TEXT,
        rows=WHOLE,
        conversion_factor=DECIMAL,
        is_sample=YES_OR_NO,
        loaded_at={"type": "string", "format": "date-time"},
    ),
    "Download": an_object(
        kind={"enum": ["fee_schedule", "changes"]},
        title=TEXT,
        format={"enum": ["csv", "xlsx"]},
        address=LINK,
        release=MAYBE_TEXT,
    ),
}
