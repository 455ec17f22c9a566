"""What the claim check reads and what it says. Everything is frozen; codes and indicators are text.

Tables hold CMS's figures as the caller found them for one date of service; None in place of a table says
that no release is loaded, and the check then says "not checked" and never "no edit".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from codes.formatting import day
from codes.ncci.way import Way
from codes.ncci.words import sentence
from codes.pricing.types import CodeRows, FeeScheduleRow, Line
from codes.rules.types import Doubt, Fix, StatedFacts

Setting = Literal["practitioner", "hospital", "dme"]
SETTING_WORDS: Mapping[str, str] = {
    "practitioner": "practitioner",
    "hospital": "outpatient hospital",
    "dme": "DME supplier",
}


class Outcome(StrEnum):
    """What a check found, from the payer's point of view."""

    NOT_CHECKED = "not checked"
    NO_EDIT = "no edit"
    PASSES = "passes as billed"
    NOTE = "note"
    WARNING = "warning"
    CONSIDER = "consider"
    AT_RISK = "at risk"
    CONDITIONAL = "paid only if"
    RETURNED = "returned as billed"
    MAC_DECIDES = "the MAC decides"
    MAY_PASS = "can be bypassed"
    DENIED = "denied"


class LineStatus(StrEnum):
    """What becomes of a line as billed, strongest first. Returned: unprocessable, to be fixed and sent again.
    Conditional: paid only if something holds that a modifier says, or that the MAC decides."""

    DENIED = "denied"
    RETURNED = "returned"
    CONDITIONAL = "conditional"
    AT_RISK = "at_risk"
    NOT_CHECKED = "not_checked"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Provenance:
    """The release that an answer was read from. `release` is its name ("2024 Q3"), `months` how long CMS lets
    one stand: 3 for edits and units, 12 for add-on codes. `is_sample`: only what concerns the sample's codes."""

    release: str
    setting: Setting
    effective_from: date
    months: int = 3
    is_sample: bool = False

    def carried(self, at: date) -> bool:
        """True where CMS has published a newer release than this one by the date of service.

        >>> Provenance("2024 Q3", "practitioner", date(2024, 7, 1)).carried(date(2024, 10, 1))
        True
        """
        months = (at.year - self.effective_from.year) * 12 + at.month - self.effective_from.month
        return months >= self.months

    def words(self, at: date) -> str:
        """Release, setting and date in one phrase, and that it is a sample; without it no "no edit" may be said."""
        sample = " (a sample that lacks many codes)" if self.is_sample else ""
        release = f"{SETTING_WORDS[self.setting]} release {self.release}{sample}"
        named = f"{release}, in force from {day(self.effective_from)}"
        if at < self.effective_from:
            return f"{named}, read back to the earlier date of service {day(at)}"
        carried = ", carried forward: newer releases are not loaded" if self.carried(at) else ""
        return f"{named}, for date of service {day(at)}{carried}"

    def too_old(self, what: str, younger: Mapping[str, bool], codes: Iterable[str]) -> str:
        """Why this release cannot speak of one of these codes, as the end of "not checked: ..."; '' where it can.

        `what` names its records, `younger` the codes that it cannot know, each with whether that is certain.

        >>> Provenance("2024 Q3", "practitioner", date(2024, 7, 1)).too_old("edits", {"37254": True}, ["37254"])
        'the edits loaded (2024 Q3) are older than 37254'
        """
        certain, code = max(((younger[code], code) for code in codes if code in younger), default=(False, ""))
        if not code:
            return ""
        if certain:
            return f"the {what} loaded ({self.release}) are older than {code}"
        return f"the {what} loaded ({self.release}) may be older than {code}"


@dataclass(frozen=True, slots=True)
class PtpEdit:
    """One record of CMS's procedure-to-procedure file: column one is paid, column two is denied.

    `indicator` is 0 (no modifier bypasses the edit), 1 (one may) or 9 (deleted retroactively: no edit). `effective` is
    None where the source carried no date, `deletion` the last day in force or None.
    """

    column_one: str
    column_two: str
    indicator: str
    effective: date | None
    deletion: date | None = None
    rationale: str = ""
    prior_to_1996: bool = False


@dataclass(frozen=True, slots=True)
class Mue:
    """A medically unlikely edit: the most units of a code that Medicare expects. Zero is a value.

    `mai` is the adjudication indicator: 1 a claim line, 2 a date of service by policy, 3 a date of service
    by clinical benchmark.
    """

    code: str
    value: int
    mai: str
    rationale: str = ""
    setting: Setting = "practitioner"


@dataclass(frozen=True, slots=True)
class AddOn:
    """An add-on code and one of its primaries; None where contractors define them. `kind` is CMS's type: 1
    the list is complete, 2 there is no list, 3 contractors may add to it."""

    add_on: str
    primary: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class PtpTable:
    """Bundling edits of one release by (column one, column two), ended ones included: a pair may have been
    edited, released and edited again. `younger` as in `Provenance.too_old`."""

    provenance: Provenance
    edits: Mapping[tuple[str, str], tuple[PtpEdit, ...]]
    younger: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        provenance: Provenance,
        edits: Iterable[PtpEdit],
        younger: Mapping[str, bool] = MappingProxyType({}),
    ) -> "PtpTable":
        """The table of these edits, in any order."""
        pairs: dict[tuple[str, str], tuple[PtpEdit, ...]] = {}
        for edit in edits:
            pair = (edit.column_one, edit.column_two)
            pairs[pair] = (*pairs.get(pair, ()), edit)
        return cls(provenance, pairs, younger)


@dataclass(frozen=True, slots=True)
class MueTable:
    """Unit limits of one release by code. A code that is absent has no *published* limit, unless it is `younger`
    (see `Provenance.too_old`) than the release. `supplied` are codes whose practitioner limit is 0 only because a
    supplier bills them to the DME MAC; `suppliers` is the table for those, None where it is not loaded."""

    provenance: Provenance
    limits: Mapping[str, Mue]
    younger: Mapping[str, bool] = field(default_factory=dict)
    supplied: frozenset[str] = frozenset()
    suppliers: "MueTable | None" = None

    def of(self, code: str) -> "MueTable | None":
        """The table that holds for a code."""
        return self.suppliers if code in self.supplied else self

    def limit_of(self, code: str) -> Mue | None:
        """The published limit of a code where it is billed; None for none, and where that table is not loaded."""
        table = self.of(code)
        return table.limits.get(code) if table else None


@dataclass(frozen=True, slots=True)
class AddOnTable:
    """The primaries of each add-on code, by add-on code. `younger` as in `Provenance.too_old`."""

    provenance: Provenance
    primaries: Mapping[str, tuple[AddOn, ...]]
    younger: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        provenance: Provenance,
        add_ons: Iterable[AddOn],
        younger: Mapping[str, bool] = MappingProxyType({}),
    ) -> "AddOnTable":
        """The table of these records, in any order."""
        table: dict[str, tuple[AddOn, ...]] = {}
        for record in add_ons:
            table[record.add_on] = (*table.get(record.add_on, ()), record)
        return cls(provenance, table, younger)


@dataclass(frozen=True, slots=True)
class PassingModifiers:
    """Modifiers that bypass an edit when the record supports them, and the line that they are for."""

    line: int
    code: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check has to say, in words that can be printed.

    `lines` are the numbers of the lines it speaks of, `denies` those it denies as billed. `reasons` are the
    numbers of the adjustment reasons and remarks to expect ("CARC 236"), `liability` who bears a denied
    amount: 'provider', 'patient' or '' where that is not known. `edit` is the bundling edit, if it is one,
    `modifiers_that_may_pass` all that bypass it and `ways` those that fit its two codes.
    `source` is the sentence that names the release an edit or a limit was read from.
    `may_be_appealed` marks units above a clinical limit, which an appeal with the record may still have paid. A
    finding of a claim rule has the name of its `rule`, its `fix`, and the line as it is then `repriced`; the first of
    its `lines` is the one that the rule speaks of.
    """

    kind: str
    outcome: Outcome
    words: str
    lines: tuple[int, ...]
    citation: str = ""
    denies: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    liability: str = ""
    provenance: Provenance | None = None
    edit: PtpEdit | None = None
    modifiers_that_may_pass: tuple[PassingModifiers, ...] = ()
    ways: tuple[Way, ...] = ()
    may_be_appealed: bool = False
    rule: str = ""
    fix: Fix | None = None
    repriced: Line | None = None
    source: str = ""

    @property
    def in_full(self) -> str:
        """The words, and where they were read."""
        return f"{self.words} {self.source}".strip()

    def risks(self, code: str) -> bool:
        """Whether an edit that is bypassed without showing why may have this code, as its column 2, recouped."""
        return self.outcome is Outcome.WARNING and self.edit is not None and self.edit.column_two == code


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A claim line with its number on the claim, which counts from 1."""

    number: int
    line: Line

    @property
    def code(self) -> str:
        return self.line.code

    @property
    def modifiers(self) -> frozenset[str]:
        return frozenset(self.line.modifiers)

    def order(self) -> tuple[str, tuple[str, ...], int, Decimal, int]:
        """A place among the lines of a claim that does not depend on how they were typed; of equal lines the first
        typed comes first."""
        line = self.line
        charge = Decimal("Infinity") if line.charge is None else line.charge
        return self.code, tuple(sorted(self.modifiers)), -line.units, -charge, self.number

    @property
    def title(self) -> str:
        """The line at the beginning of a sentence."""
        return f"L{str(self)[1:]}"

    def alone(self, words: str) -> str:
        """What is said of the line where there is no other: by its code, not by its number."""
        shorter = (
            words.removeprefix(f"{self.title}: ").replace(self.title, self.code).replace(str(self), self.code)
        )
        return sentence(shorter)

    def __str__(self) -> str:
        return f"line {self.number} ({'-'.join((self.line.code, *self.line.modifiers))})"


@dataclass(frozen=True, slots=True)
class DeletedCode:
    """A code that was deleted before the date of service: that in a sentence, what to bill instead in another, and the
    code that takes its place on a line as it stands, '' where a choice or other units are to be made."""

    sentence: str
    instead: str
    successor: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything that a claim check knows about codes, for one date of service.

    `rows` are the fee schedule rows of the codes on the claim, `fee_schedule` the name of their release, ''
    where none that holds all codes is loaded. `unchecked` are codes whose validity the files loaded leave open, each
    with the sentence that says why. `deleted` are those that ended before that date. `other_codes` are valid codes
    that the fee schedule does not price, with the list that pays them ("Lab fee schedule 2026-01"). A table that is
    None is not loaded. `practitioner` and `facts` are what the biller says of who bills and of the day;
    `telehealth_codes`, `single_dose_drugs` and `waived_tests` are CMS's lists of the year, `coverage` what articles of
    the contractor have against the claim's diagnoses, by code.
    """

    rows: Mapping[str, CodeRows]
    fee_schedule: str
    unchecked: Mapping[str, str] = field(default_factory=dict)
    deleted: Mapping[str, DeletedCode] = field(default_factory=dict)
    other_codes: Mapping[str, str] = field(default_factory=dict)
    ptp: PtpTable | None = None
    units: MueTable | None = None
    add_ons: AddOnTable | None = None
    practitioner: str = "physician"
    facts: StatedFacts = field(default_factory=StatedFacts)
    telehealth_codes: frozenset[str] | None = None
    single_dose_drugs: frozenset[str] | None = None
    waived_tests: frozenset[str] | None = None
    coverage: Mapping[tuple[str, str], tuple[Doubt, str]] = field(default_factory=dict)

    def row(self, line: NumberedLine) -> FeeScheduleRow | None:
        """The row that a line is billed on: 26 or TC where it says so and there is one, else the whole."""
        rows = self.rows.get(line.code)
        if rows is None:
            return None
        for modifier in ("26", "TC"):
            if modifier in line.modifiers and modifier in rows.rows:
                return rows.rows[modifier]
        return rows.rows.get("")


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line after all checks. `denied_reason` is '' for a line that goes on to pricing."""

    number: int
    line: Line
    findings: tuple[Finding, ...]
    denied_reason: str
    verdict: str
    status: LineStatus
    citation: str = ""
    liability: str = ""
    lead: str = ""

    @property
    def explanation(self) -> str:
        """The verdict without its `lead` ("Denied."), for where the status stands before it."""
        return self.verdict.removeprefix(self.lead).strip()

    @property
    def denied(self) -> bool:
        return bool(self.denied_reason)


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """All lines in the order billed, and everything found, in the order of the checks."""

    lines: tuple[CheckedLine, ...]
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class LineCheck:
    """A line whose claim is not known: the verdict on it by itself, and what other lines of the day decide."""

    checked: CheckedLine
    hanging: tuple[Finding, ...]
