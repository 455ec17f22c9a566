"""Time that the biller states, against codes that are paid by it: timed therapy and critical care.

Claims Processing Manual, ch. 5, §20.2 (timed therapy: a unit is 15 minutes, and 8 more begin the next); ch. 12,
§30.6.12 (critical care).
"""

from datetime import date

from codes.pricing.code_sets import code_set
from codes.rules.types import Change, ChangeKind, Claim, ClaimLine, Effect, Fix, Match, Rule

TIMED_THERAPY = code_set(
    "97032-97036 97110 97112 97113 97116 97124 97140 97530 97533 97535 97537 97542 97750 97755 97760 97761 97763"
)
# Total minutes from which critical care is paid, by code.
CRITICAL_CARE_FROM = {"99291": 30, "99292": 104}
CRITICAL_CARE_CITATION = "Claims Processing Manual, ch. 12, §30.6.12; 87 FR 69404 (CY 2023 final rule)"


def timed_units(minutes: int) -> int:
    """The timed therapy units of a day that so many minutes allow.

    >>> [timed_units(minutes) for minutes in (7, 8, 22, 23, 38, 53)]
    [0, 1, 1, 2, 3, 4]
    """
    return (minutes + 7) // 15


def _more_units_than_minutes(line: ClaimLine, claim: Claim) -> Match | None:
    minutes = claim.facts.minutes
    others = claim.with_codes(TIMED_THERAPY, besides=line)
    billed = line.line.units + sum(other.line.units for other in others)
    if minutes is None or billed <= (allowed := timed_units(minutes)):
        return None
    sentence = f"{minutes} minutes of timed therapy allow {allowed} units in all; {billed} are billed."
    changes = _fewer(line, allowed) if not others else ()
    return Match(
        others, sentence, Fix(f"Bill {allowed} timed units in all, the codes with the most minutes.", changes)
    )


def _fewer(line: ClaimLine, allowed: int) -> tuple[Change, ...]:
    kind = ChangeKind.SET_UNITS if allowed else ChangeKind.DROP_LINE
    return (Change(kind, line.number, str(allowed)),)


def _too_few_minutes(line: ClaimLine, claim: Claim) -> Match | None:
    minutes, least = claim.facts.minutes, CRITICAL_CARE_FROM[line.code]
    if minutes is None or minutes >= least:
        return None
    sentence = f"{line.code} is paid only from {least} minutes of critical care; {minutes} are documented."
    return Match(sentence=sentence, changes=(Change(ChangeKind.DROP_LINE, line.number),))


RULES = (
    Rule(
        name="therapy-units-by-minutes",
        effect=Effect.AT_RISK,
        codes=TIMED_THERAPY,
        sentence="Timed therapy units can't exceed the documented minutes: 8 minutes begin a unit of 15.",
        fix="Bill the units that the total minutes allow.",
        citation="Claims Processing Manual, ch. 5, §20.2",
        liability="provider",
        matches=_more_units_than_minutes,
        looks_at_other_lines=True,
    ),
    Rule(
        name="critical-care-too-few-minutes",
        effect=Effect.NOT_PAID,
        codes=code_set("99291 99292"),
        since=date(2023, 1, 1),
        sentence="Medicare pays 99291 from 30 minutes of critical care and 99292 from 104.",
        fix="Drop the code that the minutes don't reach; below 30 minutes bill the visit.",
        citation=CRITICAL_CARE_CITATION,
        reasons=("CARC 150",),
        liability="provider",
        matches=_too_few_minutes,
    ),
)
