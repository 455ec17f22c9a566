"""The one answer to a denial: the step, why, by which rule, with which evidence, until when."""

from dataclasses import dataclass
from datetime import date

from codes.denials.deadlines import Deadline, deadline_of
from codes.denials.decision_table import Row, first_row
from codes.denials.denial import CodeFacts, Denial, features_of
from codes.denials.payers import Payer
from codes.denials.routes import UNCERTAIN, Route, Step, route_for, step_of
from codes.ncci import ways_through
from codes.ncci.words import listed, sentence

MEDICARES_WAYS = (
    "42 CFR 405",
    "ch. 34",
    "Claims Processing Manual, ch. 34",
    "Claims Processing Manual, ch. 29",
)
# What the texts of the table call a step, and what it is with a payer that is not Medicare, the longest first.
CALLED_ELSEWHERE = (
    ("ask for a clerical error reopening", "send a replacement claim"),
    ("ask for a reopening", "send a replacement claim"),
    ("have this line reopened", "send a replacement claim"),
    ("reopening", "replacement claim"),
    ("with a redetermination", "with an appeal"),
    ("redetermination", "appeal"),
)
LATE = {
    Route.NEW_CLAIM: "That day has passed: only an exception of 42 CFR 424.44(b) extends the time for filing. "
    "Otherwise write it off; don't bill the patient.",
    Route.REOPENING: "That day has passed: a reopening now needs good cause, such as new and material evidence, within "
    "4 years (42 CFR 405.980(c)(2) and 405.986).",
    Route.REDETERMINATION: "That day has passed: the MAC accepts a late request only for good cause "
    "(42 CFR 405.942(b)).",
    Route.RECONSIDERATION: "That day has passed: a late request needs good cause (42 CFR 405.962(b)).",
    Route.RECORDS: "That day has passed: within one year of the remittance ask for a reopening and send the records "
    "with it (42 CFR 405.980(c)(1)).",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a denial. `unless` is the nearest other case with its step, `evidence` what to gather, `part`
    the part of the code's page with the rule that decided, `warning` that the last day has passed."""

    route: Route
    step: Step
    why: str
    unless: str
    evidence: tuple[str, ...]
    source: str
    part: str
    deadline: Deadline | None
    warning: str
    uncertain: str

    @property
    def sources(self) -> str:
        """Where the rule and the step are laid down, each place once."""
        parts = [part for text in (self.source, self.step.citation) if text for part in text.split("; ")]
        named = dict.fromkeys(
            part for part in parts if not any(part != other and part in other for other in parts)
        )
        return "; ".join(named)


def advise(denial: Denial, facts: CodeFacts, today: date) -> Advice:
    """The step after this denial: exactly one."""
    row = first_row(denial.reason, features_of(denial, facts))
    route = route_for(row.route, denial.payer, denial.remarks)
    deadline = deadline_of(route, denial.payer, denial.notice, denial.date_of_service)
    return Advice(
        route=route,
        step=step_of(route, denial.payer),
        why=_filled(row.why, denial, facts),
        unless=_filled(row.unless, denial, facts),
        evidence=tuple(sentence(part) for part in row.gather.split("; ") if part),
        source=_source(row, denial.payer, facts),
        part=row.part,
        deadline=deadline,
        warning=LATE.get(route, "") if deadline and deadline.last_day < today else "",
        uncertain=UNCERTAIN.get(denial.payer, ""),
    )


def _source(row: Row, payer: Payer, facts: CodeFacts) -> str:
    """The row's source, and where the NCCI Policy Manual or the claim rule that decided speaks of the two codes; of a
    Medicare Advantage plan's denial what is no way of Original Medicare, of others none."""
    if payer is Payer.MEDICARE:
        rule = facts.including.rule.citation if facts.including and row.turns_on("rule") else ""
        return "; ".join(filter(None, (rule, row.source, facts.manual)))
    parts = row.source.split("; ") if payer is Payer.ADVANTAGE else []
    return "; ".join(part for part in parts if not part.startswith(MEDICARES_WAYS))


def _filled(text: str, denial: Denial, facts: CodeFacts) -> str:
    """The text with what it names of this denial; "the code" where none was given."""
    named = {
        "{code}": denial.code or "the code",
        "{other}": denial.other_code or "the other code",
        "{limit}": str(facts.limit.value) if facts.limit else "the table",
        "{modifiers}": _bypassing(facts),
        "{reason}": denial.reason,
        "{rule}": facts.including.sentence if facts.including else "",
        "{fix}": facts.including.fix.sentence if facts.including else "",
    }
    called = () if denial.payer is Payer.MEDICARE else CALLED_ELSEWHERE
    for words, instead in (*called, *named.items()):
        text = text.replace(words, instead)
    return sentence(text)


def _bypassing(facts: CodeFacts) -> str:
    """The modifiers that fit the two codes of the edit, each with its line: "25 on 99213"."""
    rows = {row.code: row for row in (facts.row, facts.other_row) if row}
    ways = ways_through(facts.edit, rows, "practitioner") if facts.edit else ()
    return listed(way.where.rstrip(",") for way in ways)
