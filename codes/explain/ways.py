"""The ways in which one line may have been paid, with what each assumes: modifiers, place, units, who billed, and what
else was billed that day.

What costs less is likelier. What was typed costs nothing; to read it otherwise costs more than to fill in what nobody
said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from codes.explain.types import Assumption, Question
from codes.pricing.applicability import applicability
from codes.pricing.setting import PLACES, setting_of
from codes.pricing.types import CodeRows, FeeScheduleRow, Line
from codes.rules.offered import X_RAYS

MOST_ASSUMED = 3
DEAREST = 8.0  # of all assumptions of a combination together
MOST_UNITS = 6
OFFICE, HOSPITAL = "11", "22"
AGAINST = 2.5  # to read otherwise what was typed
ABOVE_LIMIT = 5.0  # more units than Medicare pays a day
BESIDE_TYPED = 1.0  # a modifier besides those that were typed

# What a payer may have seen on the line, and how unlikely that is where nobody typed it.
MODIFIERS = {
    "26": ("professional component only (26)", 1.0),
    "TC": ("technical component only (TC)", 1.2),
    "50": ("both sides (50)", 1.5),
    "AS": ("assistant at surgery who is a PA, NP or CNS (AS)", 1.6),
    "80": ("assistant surgeon (80)", 1.8),
    "62": ("two surgeons (62)", 2.0),
    "54": ("surgical care only (54)", 2.0),
    "55": ("postoperative care only (55)", 2.0),
    "78": ("return to the operating room (78)", 2.2),
    "53": ("discontinued procedure (53)", 2.4),
    "CQ": ("therapy assistant (CQ)", 2.0),
    "PT": ("screening colonoscopy that became therapeutic (PT)", 2.2),
    "FY": ("computed radiography (FY)", 2.4),
    "FX": ("X-ray on film (FX)", 2.6),
    "CT": ("CT scanner below the standard (CT)", 2.6),
    "QK": ("medical direction of two to four procedures (QK)", 1.5),
    "QX": ("nurse anesthetist with medical direction (QX)", 1.5),
    "AD": ("medical supervision of more than four procedures (AD)", 2.5),
}
ANESTHESIA = frozenset({"QK", "QX", "AD"})
COLONOSCOPIES = ("44388", "45398")
# What social workers and counselors bill: visits, psychotherapy, tests and behavior, and codes of CMS's own.
COUNSELING = (("90785", "90899"), ("96105", "96171"), ("99202", "99499"), ("G0000", "G9999"))
PAYMENT = frozenset(MODIFIERS) | {"81", "82", "QY", "CO", "LT", "RT"}
_PRACTITIONERS = (
    ("np", "paid at 85 %: a PA, NP or CNS billed", 1.2),
    ("csw", "paid at 75 %: a clinical social worker or counselor billed", 2.2),
)
_SHARE_KINDS = {
    "physician": ("physician", "physician"),
    "np": ("np", "pa", "cns", "rd"),
    "csw": ("csw", "mft", "mhc"),
}


class Option(NamedTuple):
    """One reading of a single respect of the line: its value, and what it assumes (None: nothing)."""

    value: Any
    assumption: Assumption | None = None

    @property
    def cost(self) -> float:
        return self.assumption.cost if self.assumption else 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which the line may have been paid. `company` names what else was billed, as in `company.COMPANIES`;
    `participation` is yes, assigned or no."""

    line: Line
    practitioner: str
    participation: str
    company: str
    assumptions: tuple[Assumption, ...]

    @property
    def cost(self) -> float:
        return sum(assumption.cost for assumption in self.assumptions)


def ways_of(question: Question, rows: CodeRows, with_limit: bool) -> list[Way]:
    """Every way within the bounds of what may be assumed, the likeliest first."""
    row = rows.rows.get("") or next(iter(rows.rows.values()))
    line = Line(
        question.code,
        charge=question.charge,
        minutes=question.minutes,
        base_units=question.base_units,
        care_days=question.care_days,
    )
    respects = (
        _modifiers(question, rows, row),
        _places(question),
        _units(question),
        _practitioners(question, row),
        _participations(question, with_limit),
        _companies(row),
    )
    found = [_way(line, chosen) for chosen in _choices(respects)]
    return sorted(found, key=lambda way: (way.cost, len(way.assumptions)))


def _way(line: Line, chosen: Sequence[Option]) -> Way:
    modifiers, pos, units, practitioner, participation, company = (option.value for option in chosen)
    return Way(
        line=replace(line, modifiers=modifiers, place_of_service=pos, units=units),
        practitioner=practitioner,
        participation=participation,
        company=company,
        assumptions=tuple(option.assumption for option in chosen if option.assumption),
    )


def _choices(
    respects: Sequence[Sequence[Option]], assumed: int = 0, cost: float = 0.0
) -> Iterator[tuple[Option, ...]]:
    """One option of each respect, as long as not too much is assumed."""
    if not respects:
        yield ()
        return
    for option in respects[0]:
        more, dearer = assumed + bool(option.assumption), cost + option.cost
        if more <= MOST_ASSUMED and dearer <= DEAREST:
            for rest in _choices(respects[1:], more, dearer):
                yield (option, *rest)


def _modifiers(question: Question, rows: CodeRows, row: FeeScheduleRow) -> list[Option]:
    """The modifiers as typed, without one of them, with one or two more."""
    typed = question.modifiers
    options = [Option(typed)]
    for modifier in typed:
        if modifier in PAYMENT:
            rest = tuple(each for each in typed if each != modifier)
            options.append(Option(rest, Assumption(f"{modifier} was not counted", AGAINST)))
    extra = BESIDE_TYPED if PAYMENT & set(typed) else 0.0
    candidates = [each for each in MODIFIERS if each not in typed and _may_have(each, rows, row)]
    for modifier in candidates:
        words, cost = MODIFIERS[modifier]
        options.append(Option((*typed, modifier), Assumption(words, cost + extra)))
    for pair in combinations(candidates, 2):
        words = " and ".join(MODIFIERS[each][0] for each in pair)
        cost = sum(MODIFIERS[each][1] for each in pair) + 0.5 + extra
        options.append(Option((*typed, *pair), Assumption(words, cost)))
    return options


def _may_have(modifier: str, rows: CodeRows, row: FeeScheduleRow) -> bool:
    if modifier in ("26", "TC", "53"):
        return modifier in rows.rows
    if row.status == "J" or modifier in ANESTHESIA:
        return row.status == "J" and modifier in ANESTHESIA
    if modifier in ("FX", "FY") and row.code not in X_RAYS:
        return False
    if modifier == "PT":
        return COLONOSCOPIES[0] <= row.code <= COLONOSCOPIES[1]
    if modifier == "78":
        return row.global_days in ("000", "010", "090")
    return applicability(modifier, row).applies


def _places(question: Question) -> list[Option]:
    typed = question.place_of_service
    first = typed or question.usual_place
    other = OFFICE if setting_of(first) == "facility" else HOSPITAL
    where = "a facility" if other == HOSPITAL else "an office"
    if typed:
        words = f"priced as in {where}, not in {PLACES[typed].name} ({typed})"
        return [Option(first), Option(other, Assumption(words, 1.5))]
    return [Option(first), Option(other, Assumption(f"in {where} (place of service {other})", 0.8))]


def _units(question: Question) -> list[Option]:
    typed = question.units
    options = [Option(typed or 1)]
    for units in range(1, MOST_UNITS + 1):
        if typed and units < typed:
            words = f"only {units} of {typed} units paid"
            options.append(Option(units, Assumption(words, 2.0 + 0.1 * (typed - units))))
        elif not typed and units > 1:
            options.append(Option(units, _more_units(units, question.unit_limit)))
    return options


def _more_units(units: int, limit: int | None) -> Assumption:
    """So many units that nobody typed; above the limit they are paid by mistake only."""
    cost = 1.2 + 0.2 * (units - 2)
    if limit is None or units <= limit:
        return Assumption(f"{units} units", cost)
    return Assumption(f"{units} units, above the unit limit (MUE) of {limit}", cost + ABOVE_LIMIT)


def _practitioners(question: Question, row: FeeScheduleRow) -> list[Option]:
    typed = question.practitioner
    options = [Option(typed or "physician")]
    if row.status == "J":
        return options
    extra = 1.0 if typed else 0.0
    for kind, words, cost in _PRACTITIONERS:
        if typed not in _SHARE_KINDS[kind]:
            unusual = 1.5 if kind == "csw" and not _is_counseling(row.code) else 0.0
            options.append(Option(kind, Assumption(words, cost + extra + unusual)))
    if typed and typed not in _SHARE_KINDS["physician"]:
        options.append(Option("physician", Assumption("paid in full, as to a physician", 2.0)))
    return options


def _is_counseling(code: str) -> bool:
    return any(first <= code <= last for first, last in COUNSELING)


def _participations(question: Question, with_limit: bool) -> list[Option]:
    if question.contract:  # it knows no participation
        return [Option("yes")]
    typed = question.participation
    options = [Option(typed or "yes")]
    extra = 1.0 if typed else 0.0
    if typed in ("", "yes"):
        options.append(Option("assigned", Assumption("non-participating: 95 %", 1.8 + extra)))
    if typed in ("assigned", "no"):
        options.append(Option("yes", Assumption("paid as participating", AGAINST)))
    if with_limit and typed != "no":
        options.append(Option("no", Assumption("non-participating, unassigned", 2.2 + extra)))
    return options


def _companies(row: FeeScheduleRow) -> list[Option]:
    return [Option(""), *(Option(key, Assumption(words, cost)) for key, words, cost in companies_of(row))]


def companies_of(row: FeeScheduleRow) -> Iterable[tuple[str, str, float]]:
    """What else may have been billed that day and cut this line: a key of `company.COMPANIES`, words and cost."""
    kind = row.multiple_procedure
    if kind in ("2", "3"):
        yield "larger", "not the first procedure of the day: half", 1.0
    if kind == "3":
        yield "family", "with a larger endoscopy of its family: less the base endoscopy", 1.4
        yield (
            "family, larger",
            "with a larger endoscopy of its family, and ranked after another procedure",
            2.6,
        )
    if kind in ("4", "6", "7"):
        yield "larger", "not the first test of its kind that day: its components are reduced", 1.0
    if kind in ("4", "6", "7"):
        yield "technical", "not the highest technical component that day", 1.8
    if kind == "4":
        yield "professional", "not the highest professional component that day", 1.8
    if kind == "5":
        yield "larger", "not the first therapy unit of the day: half of the practice expense", 0.8
