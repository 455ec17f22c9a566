"""The modifiers that are really billed with a code, the likeliest first: what a calculator offers.

They follow from the kind of the code, from its indicators in the fee schedule (Claims Processing Manual, ch. 23,
Addendum) and from what the rules ask of it. Whatever else a line may carry, it is typed.
"""

from collections.abc import Callable, Iterator

from codes.pricing.applicability import applicability, is_ct_scan
from codes.pricing.code_sets import code_set
from codes.pricing.types import FeeScheduleRow
from codes.rules.book import RULES
from codes.rules.chiropractic import ADJUSTMENTS
from codes.rules.global_periods import PROCEDURES
from codes.rules.laboratory import TESTS
from codes.rules.needs import ANESTHESIA
from codes.rules.places import ADMISSIONS
from codes.rules.shares import ADVANCE_CARE_PLANNING, BECAME_COLORECTAL, RISK_ASSESSMENT, SEDATION
from codes.rules.visits import CRITICAL_CARE, VISITS

WELLNESS_VISITS = code_set("G0402 G0438 G0439")
FOOT_CARE = code_set("11055-11057 11719-11721 G0127")
X_RAYS = code_set("70010-74022 74210-74290 77071-77077")
OPERATIONS = code_set("10004-69990 92920-92998 93451-93662 0001T-0999T")
NAMES_A_SITE = tuple(rule for rule in RULES if rule.name.startswith("names-"))
OF_OPERATIONS = ("22", "52", "53", "54", "55", "56", "58", "62", "66", "78", "79", "80", "82", "AS")
BY_INDICATOR = frozenset({"54", "55", "56", "62", "66", "78", "80", "82", "AS"})


def modifiers_offered(
    code: str, row: FeeScheduleRow | None, waived_tests: frozenset[str] | None
) -> tuple[str, ...]:
    """The modifiers to offer for a code, in order, each once. `row` is that of the whole code, None for a code that
    the fee schedule does not list; `waived_tests` as in `Claim`."""
    offered = [modifier for each in OFFERS for modifier in each(code, row)]
    if waived_tests and code in waived_tests:
        offered.append("QW")
    return tuple(dict.fromkeys(offered))


def _visit(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in VISITS or code in WELLNESS_VISITS:
        yield from ("25", "57", "24") if code in VISITS else ("25",)
        yield from ("AI",) if code in ADMISSIONS else ()
        yield from ("FT",) if code in CRITICAL_CARE else ()
        yield from ("93", "95", "FS", "GC", "PD")


def _anesthesia(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in ANESTHESIA:
        yield from ("AA", "QK", "QX", "QY", "QZ", "AD", "QS", "P3", "23")
        yield from {"00811": ("PT",), "00812": ("33",)}.get(code, ())


def _therapy(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if row and row.multiple_procedure == "5":
        yield from ("GP", "GO", "GN", "KX", "CQ", "CO", "59")


def _chiropractic(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in ADJUSTMENTS:
        yield from ("AT", "GA", "GY", "GZ")


def _drug(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if (row is None or row.status == "E") and (code[0] == "J" or code[:2] in ("Q0", "Q2", "Q3", "Q5")):
        yield from ("JZ", "JW")


def _component(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if row and row.pctc in ("1", "6"):
        yield from (each for each in ("26", "TC") if applicability(each, row).applies)


def _screening(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in BECAME_COLORECTAL or code in SEDATION:
        yield from ("PT",)
    if code in SEDATION or code in ADVANCE_CARE_PLANNING or code in RISK_ASSESSMENT:
        yield from ("33",)


def _site(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    """The sides, or the eyelid, finger, toe or artery that a rule asks for."""
    sites = [rule.modifiers for rule in NAMES_A_SITE if rule.speaks_of(code)]
    for each in sites:
        yield from sorted(each, key=lambda modifier: modifier.replace("A", "0"))
    if row and not sites and row.bilateral_surgery in ("1", "3"):
        yield from ("LT", "RT", "50")


def _repeat(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in TESTS:
        yield from ("91", "59", "90", "GA", "GZ")
    elif row and (row.global_days in PROCEDURES or row.pctc == "1"):
        yield from ("59", "XS", "76", "77")


def _operation(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in OPERATIONS and row and row.global_days in PROCEDURES:
        applies = (
            each for each in OF_OPERATIONS if each not in BY_INDICATOR or applicability(each, row).applies
        )
        yield from applies


def _equipment(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if is_ct_scan(code):
        yield "CT"
    elif code in X_RAYS and row and row.pctc == "1":
        yield from ("FX", "FY")


def _foot_care(code: str, row: FeeScheduleRow | None) -> Iterator[str]:
    if code in FOOT_CARE:
        yield from ("Q7", "Q8", "Q9", "GA", "GY")


OFFERS: tuple[Callable[[str, FeeScheduleRow | None], Iterator[str]], ...] = (
    _visit,
    _anesthesia,
    _therapy,
    _chiropractic,
    _drug,
    _component,
    _screening,
    _foot_care,
    _site,
    _repeat,
    _operation,
    _equipment,
)
