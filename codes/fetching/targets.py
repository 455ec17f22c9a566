"""Which files MedPayIQ wants from CMS, and where CMS links to them.

CMS puts a date of revision that nobody can foretell into its addresses (`rvu26c-updated-06-30-2026.zip`, before
December 2025 with slashes: `rvu25d-updated-09/11/2025.zip`; since 2026 also `-posted-`), spells a quarter now `2026q4`,
now `2026-q4`, and its site adds `-0` or `_1` to the name of a page or a file that was uploaded again (`rvu25d-0`). So
the links are read from the landing pages, and only the beginning of a name is known here. `find` is matched against a
link's address in lower case; its groups date the file: `year` with two or four digits, and `quarter` (1-4), `letter`
(a-d) or `month` (the name, or its number of two digits); or `fiscal`, a fiscal year, which begins in October.
"""

import re
from dataclasses import dataclass

CMS = "https://www.cms.gov"
NCCI = "/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
PROSPECTIVE = "/medicare/payment/prospective-payment-systems/"
PHYSICIAN = "/medicare/payment/fee-schedules/physician/"
MONTH = "(?P<month>january|april|july|october)"
QUARTER = r"(?P<year>20\d\d)-?q(?P<quarter>[1-4])"
TAIL = r"[-\w/]*\.zip"
AGAIN = r"(?:[-_]\d+)?/?$"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that is wanted. `follow` names the pages between the landing page and the file, where there are any;
    `hint` any link that speaks of a quarter of it, so that a newer one under an unknown name is seen; `parts` says of
    how many files a set consists; `why` is shown to the operator. `ahead` is how many quarters later than the
    next one the file after this is due; None where that is not known."""

    name: str
    page: str
    find: re.Pattern[str]
    why: str
    hint: re.Pattern[str]
    follow: re.Pattern[str] | None = None
    parts: int = 1
    ahead: int | None = 0


def _target(
    name: str,
    page: str,
    find: str,
    why: str,
    hint: str,
    follow: str = "",
    parts: int = 1,
    ahead: int | None = 0,
) -> Target:
    followed = re.compile(follow + AGAIN) if follow else None
    return Target(name, page, re.compile(find + TAIL), why, re.compile(hint), followed, parts, ahead)


TARGETS = (
    _target(
        "rvu",
        f"{PHYSICIAN}pfs-relative-value-files",
        r"/rvu(?P<year>\d\d)(?P<letter>[a-d])",
        "relative values, indices, counties, anesthesia factors and imaging caps, each quarter",
        hint=r"rvu(?P<year>\d\d)(?P<letter>[a-d])",
        follow=r"/pfs-relative-value-files/rvu(?P<year>\d\d)(?P<letter>[a-d])r?",
    ),
    _target(
        "ptp-practitioner",
        f"{NCCI}medicare-ncci-procedure-procedure-ptp-edits",
        rf"/medicare-ncci-{QUARTER}-practitioner-ptp-edits-ccipra-v\d+r\d+-f[1-4]",
        "bundling edits of practitioners, four files a quarter",
        hint=rf"{QUARTER}-practitioner",
        parts=4,
    ),
    _target(
        "ptp-hospital",
        f"{NCCI}medicare-ncci-procedure-procedure-ptp-edits",
        rf"/medicare-ncci-{QUARTER}-hospital-ptp-edits-ccioph-v\d+r\d+-f[1-4]",
        "bundling edits of outpatient hospitals, four files a quarter",
        hint=rf"{QUARTER}-hospital",
        parts=4,
    ),
    _target(
        "mue",
        f"{NCCI}medicare-ncci-medically-unlikely-edits-mues",
        rf"/medicare-ncci-{QUARTER}-"
        r"(?:practitioner-services|facility-outpatient-hospital-services|dme-supplier-services)-mue-table",
        "unit limits of practitioners, outpatient hospitals and suppliers, each quarter",
        hint=rf"{QUARTER}[-\w]*mue",
        parts=3,
    ),
    _target(
        "add-on",
        f"{NCCI}medicare-ncci-add-code-edits",
        r"/add-(?:on-)?code-edits-medicare-effective-(?P<month>\d\d)\d\d(?P<year>20\d\d)",
        "add-on codes and their primaries; CMS dates the name anew each time",
        hint=r"/add-(?:on-)?code-edits[-\w]*?(?P<month>0[1-9]|1[0-2])[0-3]\d(?P<year>20\d\d)",
        ahead=None,
    ),
    _target(
        "zip",
        "/medicare/payment/fee-schedules",
        r"/zip-code-carrier-locality-file-[a-z]+-(?P<month>\d\d)[-/]\d\d[-/](?P<year>20\d\d)",
        "ZIP codes and their localities; the date in the name is the day of the revision",
        hint=r"/zip-code-carrier-locality[-\w]*?(?P<month>0[1-9]|1[0-2])[-/][0-3]\d[-/](?P<year>20\d\d)",
        ahead=1,
    ),
    _target(
        "hcpcs",
        "/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
        rf"/{MONTH}-(?P<year>20\d\d)-alpha-numeric-hcpcs-file",
        "public descriptions of HCPCS Level II codes, each quarter",
        hint=rf"{MONTH}-(?P<year>20\d\d)-alpha",
    ),
    _target(
        "dmepos",
        "/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule",
        r"/dme(?P<year>\d\d)(?:-?(?P<letter>[a-d]))?(?![a-z])",
        "fees of equipment, prosthetics, orthotics, supplies and nutrition, each quarter; dme25 is January's",
        hint=r"/dme(?P<year>\d\d)(?:-?(?P<letter>[a-d]))?(?![a-z])",
        follow=r"/dmepos-fee-schedule/dme(?P<year>\d\d)(?:-?(?P<letter>[a-d]))?",
    ),
    _target(
        "icd10",
        "/medicare/coding-billing/icd-10-codes",
        r"/(?P<fiscal>20\d\d)-code-tables-tabular-and-index",
        "diagnosis codes, each October and April; the year in the name is the fiscal year",
        hint=r"/(?P<fiscal>20\d\d)-code-tables",
        ahead=3,
    ),
    _target(
        "clfs",
        "/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
        r"/(?P<year>\d\d)clabq(?P<quarter>[1-4])",
        "laboratory rates, each quarter",
        hint=r"(?P<year>\d\d)clabq(?P<quarter>[1-4])",
        follow=r"/clinical-laboratory-fee-schedule-clfs/files/(?P<year>\d\d)clabq(?P<quarter>[1-4])",
    ),
    _target(
        "asc",
        f"{PROSPECTIVE}ambulatory-surgical-center-asc/asc-payment-rates-addenda",
        rf"/{MONTH}-(?P<year>20\d\d)-asc-(?:approved-hcpcs-codes?|addenda)",
        "rates of surgery centers, each quarter",
        hint=rf"{MONTH}-(?P<year>20\d\d)-asc",
    ),
    _target(
        "opps",
        f"{PROSPECTIVE}hospital-outpatient/addendum-a-b-updates",
        rf"/{MONTH}-(?P<year>20\d\d)-(?:opps-)?(?:web-)?addendum-b",
        "rates of outpatient hospitals, each quarter",
        hint=rf"{MONTH}-(?P<year>20\d\d)[-\w]*addendum-b",
        follow=rf"/addendum-a-b-updates/{MONTH}-(?P<year>20\d\d)",
    ),
    _target(
        "asp",
        "/medicare/payment/part-b-drugs/asp-pricing-files",
        rf"/{MONTH}-(?P<year>20\d\d)-(?:medicare-part-b-payment-limit-files|asp-pricing-(?:final-)?file)",
        "payment limits of Part B drugs, each quarter",
        hint=rf"{MONTH}-(?P<year>20\d\d)-[-\w]*(?:asp-pricing|payment-limit)",
    ),
    _target(
        "ndc",
        "/medicare/payment/part-b-drugs/asp-pricing-files",
        rf"/{MONTH}-(?P<year>20\d\d)-(?:[-\w]*-)?ndc-hcpcs-crosswalk",
        "NDCs of Part B drugs and their billing units, each quarter",
        hint=rf"{MONTH}-(?P<year>20\d\d)-[-\w]*crosswalk",
    ),
    _target(
        "payments",
        f"{PHYSICIAN}national-payment-amount-file",
        r"/pfrev(?P<year>\d\d)(?P<letter>[a-d])",
        "the amounts that CMS publishes, for reconcile to compare ours with",
        hint=r"pfrev(?P<year>\d\d)(?P<letter>[a-d])",
        follow=r"/national-payment-amount-file/pfrev(?P<year>\d\d)(?P<letter>[a-d])r?",
    ),
)
BY_NAME = {target.name: target for target in TARGETS}
