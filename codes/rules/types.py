"""What a claim rule is, what it reads, and what it finds.

A rule holds from a day, looks at one line of a claim with all others in sight, and says in one sentence what Medicare
does and what to do about it. Everything is frozen; codes, modifiers and indicators are text as CMS spells them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from codes.pricing.code_sets import CodeSet
from codes.pricing.types import FeeScheduleRow, Line


class Effect(StrEnum):
    """What a rule does to a line, the strongest first."""

    NOT_PAID = "not paid"
    NEEDS = "needs"
    PAID_ONLY_WITH = "paid only with"
    AT_RISK = "at risk"
    AMOUNT = "amount"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim line with its number, which counts from 1, and the fee schedule row it is billed on (None where the
    physician fee schedule does not list the code)."""

    number: int
    line: Line
    row: FeeScheduleRow | None = None

    @property
    def code(self) -> str:
        return self.line.code

    @property
    def modifiers(self) -> frozenset[str]:
        return frozenset(self.line.modifiers)

    @property
    def place_of_service(self) -> str:
        return self.line.place_of_service

    @property
    def global_days(self) -> str:
        """000, 010, 090, MMM, XXX, YYY, ZZZ, or '' without a row."""
        return self.row.global_days if self.row else ""

    @property
    def bilateral(self) -> str:
        """The bilateral indicator, '' without a row."""
        return self.row.bilateral_surgery if self.row else ""

    @property
    def pctc(self) -> str:
        """The PC/TC indicator, '' without a row."""
        return self.row.pctc if self.row else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFacts:
    """What only the biller knows, as stated; None where nothing was said.

    `established`: the practitioner or group has seen the patient within three years. `same_problem`: the visits
    of the day treat one problem. `whole_day`: the lines are all services of the day. `global_period_of`: the code of
    an operation in whose global period the day lies, `days_since` how many days ago it was. `minutes`: the time
    documented for the visit, or for the timed therapy of the day. `vial_units`: the units that the opened vials of
    the drug hold. `ordering_named`, `clia_number`: the claim names who ordered the tests, and the CLIA certificate.
    """

    established: bool | None = None
    same_problem: bool | None = None
    whole_day: bool = False
    global_period_of: str = ""
    days_since: int | None = None
    minutes: int | None = None
    vial_units: int | None = None
    ordering_named: bool | None = None
    clia_number: bool | None = None


class Doubt(StrEnum):
    """What a contractor's article has against the diagnoses of a claim for a code: it excludes them, it does not list
    them, or it lists the code among drugs that patients give themselves."""

    EXCLUDED = "excluded"
    NOT_LISTED = "not listed"
    SELF_ADMINISTERED = "self-administered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The lines that one practitioner bills for one patient on one day, and what is known around them.

    `telehealth_codes` is Medicare's telehealth list of the year, `waived_tests` the codes with a QW row in the
    laboratory fee schedule, `listed_add_ons` the add-on codes whose primary codes CMS lists; each None where the
    file is not loaded. `single_dose_drugs` are the codes that need JW or JZ, None where CMS's list is not loaded.
    `coverage` has the codes, each with the pointers of its line, whose diagnoses an article of the contractor does not
    bear out: why, and in a sentence.
    """

    lines: tuple[ClaimLine, ...]
    date_of_service: date
    practitioner: str = "physician"
    facts: StatedFacts = StatedFacts()
    telehealth_codes: frozenset[str] | None = None
    single_dose_drugs: frozenset[str] | None = None
    waived_tests: frozenset[str] | None = None
    listed_add_ons: frozenset[str] | None = None
    coverage: Mapping[tuple[str, str], tuple[Doubt, str]] = field(default_factory=dict)

    def others(self, line: ClaimLine) -> tuple[ClaimLine, ...]:
        """All lines but this one."""
        return tuple(other for other in self.lines if other.number != line.number)

    def without(self, numbers: Collection[int]) -> "Claim":
        """The claim as it stands without these lines."""
        if not numbers:
            return self
        return replace(self, lines=tuple(line for line in self.lines if line.number not in numbers))

    def with_codes(
        self, codes: CodeSet | frozenset[str], besides: ClaimLine | None = None
    ) -> tuple[ClaimLine, ...]:
        """The lines with one of these codes."""
        return tuple(
            line
            for line in self.lines
            if line.code in codes and (besides is None or line.number != besides.number)
        )


class ChangeKind(StrEnum):
    """How a fix changes a claim."""

    ADD_MODIFIER = "add modifier"
    REMOVE_MODIFIER = "remove modifier"
    REPLACE_CODE = "replace code"
    SET_UNITS = "set units"
    DROP_LINE = "drop line"
    ADD_LINE = "add line"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one line: `line` is its number (0 for a new line), `value` a modifier, a code or a number."""

    kind: ChangeKind
    line: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do: a sentence for the biller and, where the claim itself can be mended, the changes to apply."""

    sentence: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """That a rule holds for a line: the other lines it reads, and what to do. `sentence` and `fix` stand in place of
    the rule's own where a number or a code of this claim belongs in them; `changes` go with the rule's own fix.
    `repriced` is the line as the payment engine is to price it, where the rule changes the amount."""

    others: tuple[ClaimLine, ...] = ()
    sentence: str = ""
    fix: Fix | None = None
    changes: tuple[Change, ...] = ()
    repriced: Line | None = None


Test = Callable[[ClaimLine, Claim], Match | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule of payment that looks beyond the price of a line.

    `name` is a slug that tips, tests and docs refer to. `codes` are the codes it speaks of, None where `matches`
    alone decides (an indicator, a modifier). `since` and `until` are its first and last date of service.
    `sentence` says it in 20 words or fewer; `fix` what to do. `reasons` are the adjustment reasons and remarks to
    expect ("CARC 97"), `liability` who bears the amount ('provider', 'patient' or ''). `looks_at_other_lines`
    puts it after the checks of single lines: only lines that are still payable are seen then. A suggestion
    `on_code_page_only` is one that any such service could get: it stands on the page of the code, not on claims.
    `modifiers` are those that can make a line fall under it or lift it, of a rule that denies all of them that HCPCS
    or CPT has.
    """

    name: str
    effect: Effect
    sentence: str
    fix: str
    citation: str
    matches: Test
    codes: CodeSet | None = None
    since: date = date.min
    until: date = date.max
    reasons: tuple[str, ...] = ()
    liability: str = ""
    looks_at_other_lines: bool = False
    on_code_page_only: bool = False
    modifiers: frozenset[str] = field(default_factory=frozenset)

    def holds_on(self, day: date) -> bool:
        """Whether services of this day fall under the rule."""
        return self.since <= day <= self.until

    @property
    def denies(self) -> bool:
        """Whether a line that it finds is not paid as billed."""
        return self.effect in (Effect.NOT_PAID, Effect.NEEDS)

    def speaks_of(self, code: str) -> bool:
        """Whether the rule names this code."""
        return self.codes is not None and code in self.codes


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A rule that holds for a line of a claim."""

    rule: Rule
    line: ClaimLine
    match: Match

    @property
    def sentence(self) -> str:
        return self.match.sentence or self.rule.sentence

    @property
    def fix(self) -> Fix:
        return self.match.fix or Fix(self.rule.fix, self.match.changes)

    @property
    def denies(self) -> bool:
        """Whether the line is not paid as billed."""
        return self.rule.denies

    @property
    def only_lacks_modifiers(self) -> bool:
        """Whether Medicare returns the line for want of a modifier that the fix adds: its amount is known."""
        return self.rule.effect is Effect.NEEDS and adds_only_modifiers(self.fix)


def adds_only_modifiers(fix: Fix) -> bool:
    """Whether all that a fix does is to add modifiers to lines."""
    return bool(fix.changes) and all(change.kind is ChangeKind.ADD_MODIFIER for change in fix.changes)


def add_modifier(line: ClaimLine, modifier: str) -> Change:
    """The change that puts a modifier on a line."""
    return Change(ChangeKind.ADD_MODIFIER, line.number, modifier)
