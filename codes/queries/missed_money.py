"""Money that a line may have missed: what the rules suggest, each with its worth, the most first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codes import ncci, pricing
from codes.caching.versions import versioned_cache
from codes.formatting import dollars
from codes.models.release import Source
from codes.queries.listed_amounts import listed_amounts
from codes.queries.priced_rows import rows_to_price
from codes.queries.releases import Calendar
from codes.rules import Fix
from codes.rules.types import ChangeKind

MOST_SHOWN = 2  # of a line: the rest is noise


@dataclass(frozen=True, slots=True)
class Missed:
    """A suggestion of a rule. `worth` is what Medicare allows for the lines that it adds, None where it adds none."""

    finding: ncci.Finding
    worth: Decimal | None

    @property
    def words(self) -> str:
        """The rule's sentence, and what it is worth."""
        return f"{self.finding.words} Worth {dollars(self.worth)}." if self.worth else self.finding.words

    @property
    def fix(self) -> Fix | None:
        return self.finding.fix


@dataclass(frozen=True, slots=True)
class Added:
    """The codes that suggestions add to a claim, with what prices them there."""

    rows: Mapping[str, pricing.CodeRows]
    circumstances: pricing.Circumstances

    def allowed(self, value: str, place_of_service: str) -> Decimal | None:
        """What Medicare allows for one unit of a code with its modifiers ("99497-33"); None where it has no amount."""
        code, *modifiers = value.partition("x")[0].split("-")
        if code not in self.rows:
            return None
        line = pricing.Line(code, tuple(modifiers), place_of_service=place_of_service)
        return pricing.price_line(self.rows[code], line, self.circumstances).allowed


def price_added(
    calendar: Calendar, findings: Iterable[ncci.Finding], circumstances: pricing.Circumstances | None
) -> Added | None:
    """The codes that these suggestions add (one query); None where they add none, or nothing is priced."""
    codes = frozenset(
        value.partition("x")[0].split("-")[0] for finding in findings for value in _values(finding.fix)
    )
    if circumstances is None or not codes:
        return None
    at = circumstances.date_of_service
    listed = listed_amounts(calendar, codes, at, circumstances.locality)
    return Added(_rows(calendar, codes, at), replace(circumstances, listed=listed))


def missed_money(
    findings: Iterable[ncci.Finding], line: pricing.Line, added: Added | None
) -> tuple[Missed, ...]:
    """At most two suggestions for a line: first what is said of the line itself, then the codes that are missing, the
    most valuable first; none of those that have no amount here."""
    missed = [
        Missed(finding, _worth(_values(finding.fix), line.place_of_service, added)) for finding in findings
    ]
    shown = [each for each in missed if each.worth or not _values(each.fix)]
    return tuple(sorted(shown, key=_turn)[:MOST_SHOWN])


@versioned_cache(256)
def _rows(calendar: Calendar, codes: frozenset[str], at: date) -> Mapping[str, pricing.CodeRows]:
    release = calendar.of_same_year(Source.PPRRVU, at)
    return rows_to_price(calendar, release, codes, at)


def _values(fix: Fix | None) -> Sequence[str]:
    """The lines that a fix adds."""
    return [change.value for change in fix.changes if change.kind is ChangeKind.ADD_LINE] if fix else []


def _worth(values: Sequence[str], place_of_service: str, added: Added | None) -> Decimal | None:
    amounts = [added.allowed(value, place_of_service) for value in values] if added else []
    return sum((amount for amount in amounts if amount), Decimal(0)) or None


def _turn(missed: Missed) -> Decimal:
    return -missed.worth if missed.worth else Decimal("-Infinity")
