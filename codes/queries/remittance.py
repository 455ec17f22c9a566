"""The lines of a remittance beside what Medicare's rules allow for them, the lines of a claim and day together."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from codes import pricing
from codes.explain import Explanation, Question
from codes.models.release import Source
from codes.parsing.remittance import Adjustment, Remittance, ServiceLine
from codes.pricing.contract import Contract
from codes.pricing.rounding import ZERO_DOLLARS
from codes.queries.circumstances import circumstances_for
from codes.queries.code import code_rows
from codes.queries.explain import explain_payment
from codes.queries.list_prices import query_on
from codes.queries.names import names_of
from codes.queries.price_query import PriceQuery
from codes.queries.priced_rows import base_units, no_release, rows_to_price
from codes.queries.releases import Calendar

PATIENT_OWES = frozenset({"1", "2", "3"})  # deductible, coinsurance, copayment
SEQUESTRATION = "253"
NO_DENIAL = PATIENT_OWES | {SEQUESTRATION, "45"}
MOST_STATES = 24  # of the data, that the days of a file may fall in
MOST_EXPLAINED = 3
WAYS_EXPLAINED = 50  # the likeliest: what is on the remittance leaves little open


class Outcome(StrEnum):
    """What became of a line, in the order of the table."""

    UNDERPAID = "underpaid"
    DENIED = "denied"
    OVERPAID = "overpaid"
    NOT_COMPARED = "not compared"
    REVERSED = "reversed"
    AS_EXPECTED = "as expected"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line with what the payer allowed and what Medicare's rules allow, in dollars for the whole line; `why_not` says
    why there is nothing to compare with."""

    line: ServiceLine
    name: str
    outcome: Outcome
    allowed: Decimal
    expected: Decimal | None = None
    why_not: str = ""
    place_of_service: str = ""
    explanation: Explanation | None = None
    contract: Decimal | None = None  # what the contract asked about allows, in dollars

    @property
    def below_contract(self) -> Decimal:
        """How much less was allowed than the contract does, in dollars; 0 for what was denied or taken back."""
        if self.contract is None or self.allowed <= 0:
            return ZERO_DOLLARS
        return max(self.contract - self.allowed, ZERO_DOLLARS)

    @property
    def difference(self) -> Decimal:
        """What was allowed less what was expected; below zero where too little was."""
        return self.allowed - self.expected if self.expected is not None else ZERO_DOLLARS

    @property
    def reasons(self) -> tuple[Adjustment, ...]:
        """The adjustments that deny or reduce: neither the write-off nor the patient's share nor sequestration."""
        return tuple(each for each in self.line.adjustments if each.reason not in NO_DENIAL)


@dataclass(frozen=True, slots=True)
class ComparedRemittance:
    """All lines, those underpaid first, the largest difference on top."""

    lines: tuple[ComparedLine, ...]
    sources: tuple[str, ...]

    def of(self, outcome: Outcome) -> list[ComparedLine]:
        """The lines of one outcome."""
        return [each for each in self.lines if each.outcome is outcome]

    @property
    def underpaid(self) -> Decimal:
        """How much less was allowed than expected on underpaid lines, in dollars."""
        return -sum((each.difference for each in self.of(Outcome.UNDERPAID)), ZERO_DOLLARS)

    @property
    def below_contract(self) -> Decimal:
        """How much less was allowed than the contract does, on the lines where it was less, in dollars."""
        return sum((each.below_contract for each in self.lines), ZERO_DOLLARS)

    @property
    def denied(self) -> Decimal:
        """What Medicare's rules would allow for the denied lines by themselves, in dollars."""
        return sum((each.expected or ZERO_DOLLARS for each in self.of(Outcome.DENIED)), ZERO_DOLLARS)

    @property
    def totals(self) -> Mapping[str, Decimal]:
        """Charges, allowed, paid and expected (of what was compared and not denied) in dollars."""
        compared = [each for each in self.lines if each.outcome in COMPARED]
        return {
            "charge": sum((each.line.charge for each in self.lines), ZERO_DOLLARS),
            "allowed": sum((each.allowed for each in self.lines), ZERO_DOLLARS),
            "paid": sum((each.line.paid for each in self.lines), ZERO_DOLLARS),
            "compared": sum((each.allowed for each in compared), ZERO_DOLLARS),
            "expected": sum((each.expected or ZERO_DOLLARS for each in compared), ZERO_DOLLARS),
            "contract": sum((each.contract or ZERO_DOLLARS for each in compared), ZERO_DOLLARS),
        }


COMPARED = frozenset({Outcome.UNDERPAID, Outcome.OVERPAID, Outcome.AS_EXPECTED})
_ORDER = {outcome: number for number, outcome in enumerate(Outcome)}


def allowed_of(line: ServiceLine) -> Decimal:
    """What the payer allowed, in dollars: as it says, else the payment with the patient's share and sequestration."""
    if line.allowed is not None:
        return line.allowed
    shares = [each for each in line.adjustments if each.reason in PATIENT_OWES and each.group == "PR"]
    shares += [each for each in line.adjustments if each.reason == SEQUESTRATION]
    return line.paid + sum((each.amount for each in shares), ZERO_DOLLARS)


def compare_remittance(
    calendar: Calendar, remittance: Remittance, query: PriceQuery, contract: Contract | None = None
) -> ComparedRemittance:
    """Compare every line with its price: for each state of the data that the days fall in at most eight queries, and as
    many for a contract. The query says where, by whom, and the day of lines that have none."""
    names = names_of(calendar, {line.code for line in remittance.lines} - {""}, query.date_of_service)
    found: list[ComparedLine] = []
    sources: dict[str, None] = {}
    for number, (at, lines) in enumerate(_by_state(calendar, remittance.lines, query).items()):
        if number >= MOST_STATES:
            why_not = "too many different years and quarters in one file; send them apart"
            found += [_not_compared(line, names, why_not) for line in lines]
            continue
        codes = {line.code for line in lines} - {""}
        schedule = _Schedule(calendar, at, codes, query)
        under = _under_contract(calendar, at, codes, query, contract) if contract else None
        for claim in _by_claim_and_day(lines).values():
            found += _compared(claim, schedule, names, under)
        sources |= dict.fromkeys(schedule.sources)
    found.sort(key=lambda each: (_ORDER[each.outcome], each.difference, each.line.number))
    return ComparedRemittance(tuple(_explained(calendar, found, query)), tuple(sources))


def _by_state(
    calendar: Calendar, lines: Iterable[ServiceLine], query: PriceQuery
) -> dict[date, list[ServiceLine]]:
    """The lines by the state of the data on their day: the same releases in the same year. Its first day is the key."""
    states: dict[tuple[int, int], list[ServiceLine]] = defaultdict(list)
    begun = [release.effective_from for release in calendar.releases]
    for line in lines:
        dated = line if line.date_of_service else replace(line, date_of_service=query.date_of_service)
        at = dated.date_of_service or query.date_of_service
        states[at.year, sum(day <= at for day in begun)].append(dated)
    return {min(each.date_of_service or date.max for each in found): found for found in states.values()}


def _by_claim_and_day(lines: Iterable[ServiceLine]) -> dict[tuple[int, date | None], list[ServiceLine]]:
    claims: dict[tuple[int, date | None], list[ServiceLine]] = defaultdict(list)
    for line in lines:
        claims[line.claim, line.date_of_service].append(line)
    return claims


def _under_contract(
    calendar: Calendar, at: date, codes: set[str], query: PriceQuery, contract: Contract
) -> "_Schedule":
    """What prices some codes for a contract: on the day whose amounts count for it."""
    day = contract.day(at)
    then = query if day == at else query_on(calendar, query, day)
    return _Schedule(calendar, day, codes, then, contract)


class _Schedule:
    """What prices some codes in one state of the data, or under a contract, which knows no charges."""

    def __init__(
        self,
        calendar: Calendar,
        at: date,
        codes: set[str],
        query: PriceQuery,
        contract: Contract | None = None,
    ) -> None:
        release = None if no_release(calendar, at) else calendar.of_same_year(Source.PPRRVU, at)
        self.query, self.contract = query, contract
        self.rows = rows_to_price(calendar, release, codes, at)
        related = code_rows(release, pricing.related_codes(self.rows)) if release else {}
        self.all_rows = {**related, **self.rows}
        self.circumstances = circumstances_for(
            calendar, release, self.rows, replace(query, date_of_service=at)
        )
        if contract:
            self.circumstances = contract.circumstances(self.circumstances)
        self.base_units = base_units(calendar, self.rows, at)
        self.priced: dict[Hashable, tuple[pricing.LinePrice, ...]] = {}
        self.sources = [release.name] if release else []

    def line_of(self, line: ServiceLine) -> pricing.Line:
        """The line as the engine takes it: its place of service from the claim, else the one chosen or usual."""
        rows = self.rows[line.code]
        pos = line.place_of_service if line.place_of_service in pricing.PLACES else ""
        return pricing.Line(
            code=line.code,
            modifiers=line.modifiers,
            units=line.units,
            charge=None if self.contract else line.charge,
            place_of_service=pos or self.query.place_for(line.code, rows.rows.get("")),
            base_units=self.base_units.get(line.code),
        )

    def contracted(self, lines: Sequence[ServiceLine]) -> list[Decimal | None]:
        """What the contract allows for lines of one claim and day; None where its year has no price for one."""
        known = [line for line in lines if line.code in self.rows]
        if self.contract is None or not known:
            return [None] * len(lines)
        amounts = [self.contract.amount(each.allowed) for each in self.prices(known)]
        by_number = {line.number: amount for line, amount in zip(known, amounts, strict=True)}
        return [by_number.get(line.number) for line in lines]

    def prices(self, lines: Sequence[ServiceLine]) -> tuple[pricing.LinePrice, ...]:
        """The prices of lines of one claim and day, ranked together; those of lines that came before are at hand."""
        at = lines[0].date_of_service or self.query.date_of_service
        at = self.contract.day(at) if self.contract else at
        billed = tuple(self.line_of(line) for line in lines)
        if (at, billed) not in self.priced:
            circumstances = replace(self.circumstances, date_of_service=at)
            self.priced[at, billed] = tuple(pricing.price_claim(self.all_rows, billed, circumstances).lines)
        return self.priced[at, billed]


def _compared(
    lines: Sequence[ServiceLine], schedule: _Schedule, names: Mapping[str, str], under: _Schedule | None
) -> Iterable[ComparedLine]:
    """The lines of one claim and day: those that were paid are priced together, those denied each alone; and `under` a
    contract alike."""
    found: list[ComparedLine] = []
    paid: list[ServiceLine] = []
    denied: list[ServiceLine] = []
    for line in lines:
        if line.is_taken_back:
            found.append(_unpriced(line, names, Outcome.REVERSED))
        elif line.code not in schedule.rows:
            found.append(_not_compared(line, names, _why_not(line)))
        else:
            (paid if allowed_of(line) > 0 else denied).append(line)
    groups = [paid, *([line] for line in denied)]
    for group in groups:
        if group:
            amounts = under.contracted(group) if under else [None] * len(group)
            found += [
                replace(_judged(line, price, names), contract=amount)
                for line, price, amount in zip(group, schedule.prices(group), amounts, strict=True)
            ]
    return found


def _why_not(line: ServiceLine) -> str:
    return f"{line.code} is in no list in force on that day" if line.code else "not a CPT or HCPCS code"


def _unpriced(line: ServiceLine, names: Mapping[str, str], outcome: Outcome) -> ComparedLine:
    return ComparedLine(line, names.get(line.code, ""), outcome, allowed_of(line))


def _not_compared(line: ServiceLine, names: Mapping[str, str], why_not: str) -> ComparedLine:
    return replace(_unpriced(line, names, Outcome.NOT_COMPARED), why_not=why_not)


def _judged(line: ServiceLine, price: pricing.LinePrice, names: Mapping[str, str]) -> ComparedLine:
    allowed, expected = allowed_of(line), price.allowed
    if allowed <= 0:
        outcome = Outcome.DENIED if line.charge > 0 else Outcome.NOT_COMPARED
    elif expected is None:
        outcome = Outcome.NOT_COMPARED
    elif allowed == expected:
        outcome = Outcome.AS_EXPECTED
    else:
        outcome = Outcome.UNDERPAID if allowed < expected else Outcome.OVERPAID
    return ComparedLine(
        line=line,
        name=names.get(line.code, ""),
        outcome=outcome,
        allowed=allowed,
        expected=expected,
        why_not=price.refusal.text if price.refusal else "",
        place_of_service=price.line.place_of_service,
    )


def _explained(
    calendar: Calendar, lines: Sequence[ComparedLine], query: PriceQuery
) -> Iterator[ComparedLine]:
    """The lines, with the likeliest explanation of what was allowed where that is not what was expected. Lines that are
    alike have one; of different ones the first few are explained."""
    known: dict[Hashable, Explanation | None] = {}
    for each in lines:
        key = _alike(each)
        if each.outcome in (Outcome.UNDERPAID, Outcome.OVERPAID) and (
            key in known or len(known) < MOST_EXPLAINED
        ):
            if key not in known:
                known[key] = _explanation(calendar, each, query)
            yield replace(each, explanation=known[key])
        else:
            yield each


def _alike(each: ComparedLine) -> Hashable:
    line = each.line
    return (
        line.code,
        line.modifiers,
        line.units,
        line.charge,
        line.date_of_service,
        each.allowed,
        each.place_of_service,
    )


def _explanation(calendar: Calendar, each: ComparedLine, query: PriceQuery) -> Explanation | None:
    line = each.line
    question = Question(
        code=line.code,
        amount=each.allowed,
        kind="allowed",
        modifiers=line.modifiers,
        units=line.units,
        place_of_service=each.place_of_service,
        practitioner=query.practitioner,
        participation="yes" if query.participating else ("assigned" if query.assigned else "no"),
        charge=line.charge,
        most_ways=WAYS_EXPLAINED,
    )
    at = replace(query, date_of_service=line.date_of_service or query.date_of_service)
    return next(iter(explain_payment(calendar, question, at, is_dated=True).found), None)
