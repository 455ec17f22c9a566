"""A denial as the biller reads it off the remittance, and what CMS's files say of its code."""

from dataclasses import dataclass
from datetime import date

from codes.denials.payers import Payer
from codes.ncci import Mue, PtpEdit
from codes.ncci.families import is_laboratory, is_visit
from codes.pricing.code_sets import code_set
from codes.pricing.types import FeeScheduleRow
from codes.rules.chiropractic import ADJUSTMENTS
from codes.rules.preventive import PREVENTIVE_SERVICES
from codes.rules.types import RuleFinding, adds_only_modifiers

IMAGING = code_set("70010-79999 93303-93356 93880-93998 92132-92137 G0202 G0204 G0206")
DRUGS = code_set("J0120-J9999 Q0138-Q0139 Q4001-Q5199 90476-90759")
THERAPY = "5"  # the multiple procedure indicator of therapy services
SIDES = frozenset({"LT", "RT", "50"})
INCLUDED = "CARC 97"

Features = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """One denied line. `notice` is the date of the remittance; what was not given is empty or None."""

    reason: str
    group: str = ""
    remarks: frozenset[str] = frozenset()
    code: str = ""
    other_code: str = ""
    modifiers: frozenset[str] = frozenset()
    units: int | None = None
    payer: Payer = Payer.MEDICARE
    place_of_service: str = ""
    notice: date | None = None
    date_of_service: date | None = None


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What CMS's files say: the fee schedule rows of the code and of the other code, the unit limit, whether the code
    is an add-on, and the active edit with the other code.

    `is_pair_checked` is False where no edits could be looked up; `passing` are the modifiers that may bypass the edit,
    `manual` is where the NCCI Policy Manual speaks of the two codes. `rules` are the claim rules that the code falls
    under because of the other code.
    """

    row: FeeScheduleRow | None = None
    other_row: FeeScheduleRow | None = None
    limit: Mue | None = None
    is_add_on: bool = False
    edit: PtpEdit | None = None
    is_pair_checked: bool = False
    passing: tuple[str, ...] = ()
    manual: str = ""
    rules: tuple[RuleFinding, ...] = ()

    @property
    def including(self) -> RuleFinding | None:
        """The claim rule that includes the code in the payment of the other; None where none does."""
        return next((found for found in self.rules if found.denies and INCLUDED in found.rule.reasons), None)


NO_FACTS = CodeFacts()


def features_of(denial: Denial, facts: CodeFacts = NO_FACTS) -> Features:
    """All that a row of the decision table may ask of a denial, by name; an empty set where nothing is known.

    >>> features_of(Denial(reason="97", group="CO"))["group"]
    frozenset({'CO'})
    """
    row = facts.row
    return {
        "payer": frozenset({denial.payer.value}),
        "group": _one(denial.group),
        "remark": denial.remarks,
        "modifier": denial.modifiers,
        "pos": _one(denial.place_of_service),
        "code": _one(denial.code),
        "other": _one(denial.other_code),
        "kind": _kinds(denial.code, row),
        "status": _one(row.status if row else ""),
        "pctc": _one(row.pctc if row else ""),
        "global": _one(row.global_days if row else ""),
        "bilateral": _one(row.bilateral_surgery if row else ""),
        "assistant": _one(row.assistant_surgery if row else ""),
        "cosurgeon": _one(row.co_surgeons if row else ""),
        "multiple": _one(row.multiple_procedure if row else ""),
        "addon": _one("yes" if facts.is_add_on else ""),
        "mai": _one(facts.limit.mai if facts.limit else ""),
        "limit": _one(str(facts.limit.value) if facts.limit else ""),
        "units": _units(denial, facts),
        "edit": _edit(denial, facts),
        "rule": _rule(facts),
    }


def _one(value: str) -> frozenset[str]:
    return frozenset({value} if value else ())


def _kinds(code: str, row: FeeScheduleRow | None) -> frozenset[str]:
    known = {
        "visit": is_visit(code),
        "laboratory": is_laboratory(code),
        "imaging": code in IMAGING,
        "drug": code in DRUGS,
        "therapy": row is not None and row.multiple_procedure == THERAPY,
        "chiropractic": code in ADJUSTMENTS,
        "preventive": code in PREVENTIVE_SERVICES,
        "procedure": row is not None and row.global_days in {"000", "010", "090"},
    }
    return frozenset(kind for kind, holds in known.items() if holds)


def _units(denial: Denial, facts: CodeFacts) -> frozenset[str]:
    """Whether the units billed are "over" or "within" the limit, and "both" where both sides were billed."""
    found = {"both"} if {"LT", "RT"} <= denial.modifiers or "50" in denial.modifiers else set()
    if denial.units is not None and facts.limit is not None:
        found.add("over" if denial.units > facts.limit.value else "within")
    return frozenset(found)


def _rule(facts: CodeFacts) -> frozenset[str]:
    """Whether a claim rule denies the code beside the other one: "modifier" where one that is true lifts it, "denies"
    where nothing does."""
    if facts.including is None:
        return frozenset()
    return frozenset({"modifier" if adds_only_modifiers(facts.including.fix) else "denies"})


def _edit(denial: Denial, facts: CodeFacts) -> frozenset[str]:
    """The edit with the other code: "0" or "1", "passed" where a modifier billed bypasses it, "column-one" where it
    denies the other code, "none" where there is none; nothing where it was not checked."""
    if facts.edit is None:
        return frozenset({"none"} if facts.is_pair_checked else ())
    if facts.edit.column_two != denial.code:
        return frozenset({"column-one"})
    passed = facts.edit.indicator == "1" and denial.modifiers & set(facts.passing)
    return frozenset({"passed" if passed else facts.edit.indicator})
