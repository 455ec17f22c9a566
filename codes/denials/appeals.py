"""What is open after a denial by Original Medicare: nothing, a new claim, a correction, or an appeal, and until when.

Plain Python. The five levels and their times are those of 42 CFR part 405, subpart I; a notice counts as received five
days after its date unless there is evidence otherwise. Other payers have their own levels and times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

MAIL_DAYS = 5
UNPROCESSABLE = "MA130"


class Route(Enum):
    """Which way is open, in words, with its source."""

    NOT_A_DENIAL = (
        "Nothing to appeal",
        "This is no denial: it says how the payment was worked out or who owes which part.",
        "",
    )
    NEW_CLAIM = (
        "Send a new claim",
        "The claim could not be processed, so that no decision was made: there is nothing to appeal. Put right what "
        "the remark names and send a new claim within the time for filing.",
        "Claims Processing Manual, ch. 1, §80.3; 42 CFR 424.44",
    )
    CORRECT = (
        "Correct it first",
        "Where the claim held a slip (a wrong or missing modifier, place, date, number or diagnosis), ask the "
        "contractor to reopen it for a clerical error, by phone or portal, within one year of the decision. That is "
        "quicker than an appeal. Where nothing on the claim was wrong, appeal with the record.",
        "42 CFR 405.980(b)(1); Claims Processing Manual, ch. 34, §10",
    )
    APPEAL = (
        "Appeal where the record carries it",
        "This was a decision on the service itself. If the record meets the policy it was decided under, ask for a "
        "redetermination and send the record with it; if it does not, an appeal will not change that.",
        "42 CFR 405.940",
    )
    OTHER_PAYER = (
        "Bill who is to pay",
        "Another payer, plan or contractor is to pay first or altogether. Check eligibility on the date of service. "
        "Appeal only where Medicare was in fact the one to pay.",
        "42 CFR 411, Medicare secondary payer; 42 CFR 422, Medicare Advantage",
    )
    FIRST_CLAIM = (
        "Look for the first claim",
        "The line was taken for one that had come before. Find that claim and what became of it; if it was denied, "
        "it is the one to appeal. If the service was truly repeated, correct this line to say so.",
        "Claims Processing Manual, ch. 1, §120",
    )
    TOO_LATE = (
        "No appeal is open",
        "That a claim came too late is no decision that can be appealed. A few exceptions extend the time for filing "
        "(an error of the administration, retroactive entitlement): ask the contractor for one with proof.",
        "42 CFR 405.926(n); 42 CFR 424.44(b)",
    )

    def __init__(self, title: str, words: str, citation: str) -> None:
        self.title = title
        self.words = words
        self.citation = citation


def _each(route: Route, reasons: str) -> dict[str, Route]:
    return dict.fromkeys(reasons.split(), route)


_ROUTES: Mapping[str, Route] = {
    **_each(Route.NOT_A_DENIAL, "1 2 3 23 45 94 100 102 131 144 246 253"),
    **_each(Route.CORRECT, "4 5 6 7 8 9 10 11 13 16 31 110 129 140 146 181 182 183 184 185 199 B7 B10 B16"),
    **_each(
        Route.APPEAL, "39 40 49 50 54 55 56 58 59 60 96 97 107 112 119 150 151 152 163 167 170 186 188 226"
    ),
    **_each(Route.APPEAL, "15 197 198 204 231 234 236 242 252 272 273 A1 B14 B15"),
    **_each(Route.OTHER_PAYER, "19 20 22 24 26 27 109 136 B9"),
    **_each(Route.FIRST_CLAIM, "18 B13 B20"),
    **_each(Route.TOO_LATE, "29"),
}


def route_of(reason: str, remarks: tuple[str, ...] = ()) -> Route:
    """The way that is open with Original Medicare; an unprocessable claim is one whatever its reason.

    >>> route_of("16", ("MA130",)).title
    'Send a new claim'
    >>> route_of("29").title
    'No appeal is open'
    """
    if UNPROCESSABLE in remarks:
        return Route.NEW_CLAIM
    return _ROUTES.get(reason, Route.APPEAL)


class Level(NamedTuple):
    """A level of appeal: who decides, how many days there are, counted from the receipt of what."""

    name: str
    who: str
    days: int
    after: str
    citation: str


LEVELS = (
    Level("Redetermination", "the Medicare contractor", 120, "the first decision", "42 CFR 405.942"),
    Level("Reconsideration", "an independent contractor", 180, "the redetermination", "42 CFR 405.962"),
    Level(
        "Hearing",
        "an administrative law judge, above an amount set each year",
        60,
        "the reconsideration",
        "42 CFR 405.1014, 405.1006",
    ),
    Level("Review", "the Medicare Appeals Council", 60, "the judge's decision", "42 CFR 405.1102"),
    Level(
        "Court",
        "a federal district court, above an amount set each year",
        60,
        "the Council's decision",
        "42 CFR 405.1136, 405.1006",
    ),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a level, for a notice of a day."""

    level: Level
    last_day: date


def deadlines(notice: date) -> tuple[Deadline, ...]:
    """The last day for each level if the notice before it is of this day, taken as received five days later.

    >>> deadlines(date(2026, 3, 2))[0].last_day
    datetime.date(2026, 7, 5)
    """
    received = notice + timedelta(days=MAIL_DAYS)
    return tuple(Deadline(level, received + timedelta(days=level.days)) for level in LEVELS)
