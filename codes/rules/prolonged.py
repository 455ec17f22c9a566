"""Prolonged services: Medicare's own codes in place of CPT's, each with the visits that it extends and their minutes.

Claims Processing Manual, ch. 12, §30.6.15; 85 FR 84472 (CY 2021), 87 FR 69404 (CY 2023, table of thresholds).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.tests_of_lines import always, leave_out
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Fix, Match, Rule

CITATION = "Claims Processing Manual, ch. 12, §30.6.15; 87 FR 69404 (CY 2023 final rule)"
OFFICE_CITATION = "Claims Processing Manual, ch. 12, §30.6.15; 85 FR 84472 (CY 2021 final rule)"
NURSING_FACILITY = code_set("99306 99310")
CY2021, CY2023 = date(2021, 1, 1), date(2023, 1, 1)
# Total minutes from which Medicare pays the first unit, by prolonged code and visit.
THRESHOLDS = {
    "G2212": {"99205": 89, "99215": 69, "99483": 100},
    "G0316": {"99223": 90, "99233": 65, "99236": 110},
    "G0317": {"99306": 95, "99310": 85},
    "G0318": {"99345": 140, "99350": 110},
}
PROLONGED_FOR = {visit: code for code, visits in THRESHOLDS.items() for visit in visits}


def _office_prolonged(line: ClaimLine, claim: Claim) -> Match | None:
    return Match(fix=_replacement("G2212", line, claim))


def _inpatient_prolonged(line: ClaimLine, claim: Claim) -> Match | None:
    return Match(fix=_replacement("G0317" if claim.with_codes(NURSING_FACILITY) else "G0316", line, claim))


def _replacement(code: str, line: ClaimLine, claim: Claim) -> Fix:
    """Medicare's code instead of CPT's, or neither where the claim has other lines and none that it extends."""
    if claim.others(line) and not _visits_of(code, claim):
        return Fix(f"Drop it: {code} goes only with {' or '.join(THRESHOLDS[code])}.", (leave_out(line),))
    return Fix(f"Bill {code} instead, if the total time reaches its threshold.", (_replace(line, code),))


def _replace(line: ClaimLine, code: str) -> Change:
    return Change(ChangeKind.REPLACE_CODE, line.number, code)


def _visits_of(code: str, claim: Claim) -> tuple[ClaimLine, ...]:
    """The visits that a prolonged code extends; 99483 takes one since 2023."""
    visits = claim.with_codes(frozenset(THRESHOLDS[code]))
    return tuple(visit for visit in visits if visit.code != "99483" or claim.date_of_service >= CY2023)


def _without_visit(line: ClaimLine, claim: Claim) -> Match | None:
    return None if _visits_of(line.code, claim) else Match()


def _with_visit(line: ClaimLine, claim: Claim) -> Match | None:
    visits = _visits_of(line.code, claim)
    if not visits:
        return None
    minutes, stated = THRESHOLDS[line.code][visits[0].code], claim.facts.minutes
    if stated is not None and stated >= minutes:
        return None
    return Match(
        others=visits,
        sentence=f"{line.code} is paid with {visits[0].code} only from {minutes} total minutes.",
    )


def _too_few_minutes(line: ClaimLine, claim: Claim) -> Match | None:
    visits, stated = _visits_of(line.code, claim), claim.facts.minutes
    if not visits or stated is None or stated >= (least := THRESHOLDS[line.code][visits[0].code]):
        return None
    return Match(
        others=visits,
        sentence=f"{line.code} is paid with {visits[0].code} from {least} minutes; {stated} are documented.",
        changes=(Change(ChangeKind.DROP_LINE, line.number),),
    )


def _without_prolonged(line: ClaimLine, claim: Claim) -> Match | None:
    code = PROLONGED_FOR[line.code]
    if code != "G2212" and claim.date_of_service < CY2023:
        return None
    if claim.with_codes(frozenset({code})) or line not in _visits_of(code, claim):
        return None
    minutes, stated = THRESHOLDS[code][line.code], claim.facts.minutes
    if stated is not None and stated < minutes:
        return None
    fix = Fix(
        f"Add {code} if the documented time reaches {minutes} minutes.",
        (Change(ChangeKind.ADD_LINE, 0, code),),
    )
    return Match(sentence=f"From {minutes} total minutes {code} is paid with {line.code}.", fix=fix)


def _base(code: str, visits: str, since: date, citation: str) -> Rule:
    return Rule(
        name=f"prolonged-{code.lower()}-base",
        effect=Effect.NOT_PAID,
        codes=code_set(code),
        since=since,
        sentence=f"{code} is paid only with the highest level of its visit that day: {visits}.",
        fix=f"Bill {code} only with one of these visits, chosen by time.",
        citation=citation,
        reasons=("CARC 107", "RARC N122"),
        liability="provider",
        matches=_without_visit,
        looks_at_other_lines=True,
    )


def _minutes(code: str, minutes: str, since: date, citation: str) -> Rule:
    return Rule(
        name=f"prolonged-{code.lower()}-minutes",
        effect=Effect.PAID_ONLY_WITH,
        codes=code_set(code),
        since=since,
        sentence=f"{code} is paid only from these total minutes: {minutes}.",
        fix="Document the total time; each further unit needs 15 full minutes.",
        citation=citation,
        matches=_with_visit,
        looks_at_other_lines=True,
    )


RULES = (
    Rule(
        name="prolonged-office-99417",
        effect=Effect.NOT_PAID,
        codes=code_set("99417"),
        since=CY2021,
        sentence="Medicare doesn't pay 99417; it pays G2212 from 89 minutes (99205) or 69 minutes (99215).",
        fix="Bill G2212 if the total time reaches its threshold.",
        citation=OFFICE_CITATION,
        reasons=("CARC 96",),
        liability="provider",
        matches=_office_prolonged,
    ),
    Rule(
        name="prolonged-inpatient-99418",
        effect=Effect.NOT_PAID,
        codes=code_set("99418"),
        since=CY2023,
        sentence="Medicare doesn't pay 99418; it pays G0316 (hospital) or G0317 (nursing facility).",
        fix="Bill G0316 or G0317 if the total time reaches its threshold.",
        citation=CITATION,
        reasons=("CARC 96",),
        liability="provider",
        matches=_inpatient_prolonged,
    ),
    Rule(
        name="prolonged-without-contact-99358",
        effect=Effect.NOT_PAID,
        codes=code_set("99358 99359"),
        since=CY2023,
        sentence="Medicare doesn't pay 99358 or 99359; the time counts toward G2212, G0316, G0317 or G0318.",
        fix="Count the time toward the visit and bill its prolonged code if the threshold is reached.",
        citation=CITATION,
        reasons=("CARC 96",),
        liability="provider",
        matches=always,
    ),
    _base("G2212", "99205, 99215 or (from 2023) 99483", CY2021, OFFICE_CITATION),
    _base("G0316", "99223, 99233 or 99236", CY2023, CITATION),
    _base("G0317", "99306 or 99310", CY2023, CITATION),
    _base("G0318", "99345 or 99350", CY2023, CITATION),
    Rule(
        name="prolonged-too-few-minutes",
        effect=Effect.NOT_PAID,
        codes=code_set("G2212 G0316 G0317 G0318"),
        since=CY2021,
        sentence="The documented minutes don't reach the threshold of the prolonged code.",
        fix="Drop the prolonged code.",
        citation=CITATION,
        reasons=("CARC 150",),
        liability="provider",
        matches=_too_few_minutes,
        looks_at_other_lines=True,
    ),
    _minutes("G2212", "99205: 89, 99215: 69, 99483: 100", CY2021, OFFICE_CITATION),
    _minutes("G0316", "99223: 90, 99233: 65, 99236: 110", CY2023, CITATION),
    _minutes("G0317", "99306: 95, 99310: 85", CY2023, CITATION),
    _minutes("G0318", "99345: 140, 99350: 110", CY2023, CITATION),
    Rule(
        name="consider-prolonged",
        effect=Effect.CONSIDER,
        codes=code_set("99205 99215 99483 99223 99233 99236 99306 99310 99345 99350"),
        since=CY2021,
        sentence="A visit chosen by time may take Medicare's prolonged code: G2212, G0316, G0317 or G0318.",
        fix="Add the prolonged code if the documented time reaches its threshold.",
        citation=CITATION,
        matches=_without_prolonged,
        looks_at_other_lines=True,
    ),
)
