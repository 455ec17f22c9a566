"""One page for the wall: the letters and numbers that a denial turns on."""

from codes.knowledge.indicators import meaning
from codes.pricing.setting import PLACES
from contributions.toolkit.parts import ColumnKind, Section, Table, TableColumn
from contributions.toolkit.toolkit_data import ToolkitData

TITLE = "Cheat sheet"
SHEET = "Cheat sheet"
STATUSES = ("A", "B", "C", "I", "N", "P", "R", "T", "X")
GLOBALS = ("000", "010", "090", "XXX", "YYY", "ZZZ", "MMM")
PAIR = (TableColumn("", 14, ColumnKind.CODE), TableColumn("", 80))
BEFORE_SENDING = (
    ("1 Valid?", "Code, modifier and diagnosis in force on the date of service."),
    ("2 Paid?", "Status A, R or T has an amount; B is never paid alone; C is priced by the MAC."),
    ("3 Add-on?", "Global ZZZ or the add-on list: the primary is on the claim, by the same practitioner."),
    (
        "4 Bundled?",
        "Indicator 0: only column 1 pays. Indicator 1: a modifier can bypass it, if the record supports it.",
    ),
    ("5 Units?", "At or below the MUE, by its adjudication indicator."),
    ("6 Global?", "Inside another service's 0, 10 or 90 days: 24, 25, 57, 58, 78 or 79, or no payment."),
    ("7 Place?", "The place of service decides the setting, and the setting decides the amount."),
)
DEADLINES = (
    ("Claim", "One calendar year from the date of service (42 CFR 424.44)."),
    ("Level 1", "Redetermination by the MAC: 120 days from the remittance (42 CFR 405.942)."),
    ("Level 2", "Reconsideration by a QIC: 180 days from the redetermination (42 CFR 405.962)."),
    ("Levels 3-5", "Hearing, Appeals Council, court: 60 days each (42 CFR 405.1014, 405.1102, 405.1136)."),
    ("MA130", "No appeal: correct the claim and send a new one."),
)


def section(data: ToolkitData) -> Section:
    """Five short tables that fit on one page."""
    return Section(
        title=TITLE,
        sheet=SHEET,
        paragraphs=(_factor(data),),
        tables=(
            Table("Before a claim goes out", PAIR, BEFORE_SENDING),
            Table("Status", PAIR, _words("status", STATUSES)),
            Table("Global days", PAIR, _words("global_days", GLOBALS)),
            Table(
                "Facility places of service",
                PAIR,
                (("Facility", _facilities()), ("All others", "Non-facility")),
            ),
            Table("Original Medicare's deadlines", PAIR, DEADLINES),
        ),
        one_page=True,
    )


def _factor(data: ToolkitData) -> str:
    if data.release is None:
        return "No relative value file in force is loaded, so there is no conversion factor to show."
    return (
        f"Allowed amount = (work RVU x GPCI + practice expense RVU x GPCI + malpractice RVU x GPCI) x "
        f"${data.release.conversion_factor} ({data.release.name}). Medicare pays 80 percent of it after the "
        "deductible, the patient the rest."
    )


def _words(field: str, shown: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((value, meaning(field, value).words) for value in shown)


def _facilities() -> str:
    return ", ".join(sorted(pos.code for pos in PLACES.values() if pos.setting == "facility"))
