"""Which files MedPayIQ wants from CMS, and where CMS links to them.

CMS puts a date of revision that nobody can foretell into its addresses (`rvu26c-updated-06-30-2026.zip`, before
December 2025 with slashes: `rvu25d-updated-09/11/2025.zip`), and spells a quarter now `2026q4`, now `2026-q4`. So
the links are read from the landing pages, and only the shape of a name is known here. `find` is matched against a
link's address in lower case; its groups date the file: `year` with two or four digits, and `quarter` (1-4), `letter`
(a-d) or `month` (the name, or its number of two digits).
"""

import re
from dataclasses import dataclass

CMS = "https://www.cms.gov"
NCCI = "/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
PHYSICIAN = "/medicare/payment/fee-schedules/physician/"
MONTH = "(?P<month>january|april|july|october)"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that is wanted. `follow` names the pages between the landing page and the file, where there are any;
    `parts` says of how many files a set consists; `why` is told to the operator."""

    name: str
    page: str
    find: re.Pattern[str]
    why: str
    follow: re.Pattern[str] | None = None
    parts: int = 1


def _target(name: str, page: str, find: str, why: str, follow: str = "", parts: int = 1) -> Target:
    return Target(name, page, re.compile(find), why, re.compile(follow) if follow else None, parts)


TARGETS = (
    _target(
        "rvu",
        f"{PHYSICIAN}pfs-relative-value-files",
        r"/rvu(?P<year>\d\d)(?P<letter>[a-d])r?(?:-\d)?(?:-updated-[-/\d]+)?\.zip",
        "relative values, indices, counties, anesthesia factors and imaging caps, each quarter",
        follow=r"/pfs-relative-value-files/rvu(?P<year>\d\d)(?P<letter>[a-d])r?$",
    ),
    _target(
        "ptp-practitioner",
        f"{NCCI}medicare-ncci-procedure-procedure-ptp-edits",
        r"/medicare-ncci-(?P<year>20\d\d)-?q(?P<quarter>[1-4])-practitioner-ptp-edits-ccipra-v\d+r\d+-f[1-4]\.zip",
        "bundling edits of practitioners, four files a quarter",
        parts=4,
    ),
    _target(
        "ptp-hospital",
        f"{NCCI}medicare-ncci-procedure-procedure-ptp-edits",
        r"/medicare-ncci-(?P<year>20\d\d)-?q(?P<quarter>[1-4])-hospital-ptp-edits-ccioph-v\d+r\d+-f[1-4]\.zip",
        "bundling edits of outpatient hospitals, four files a quarter",
        parts=4,
    ),
    _target(
        "mue",
        f"{NCCI}medicare-ncci-medically-unlikely-edits-mues",
        r"/medicare-ncci-(?P<year>20\d\d)-?q(?P<quarter>[1-4])-"
        r"(?:practitioner-services|facility-outpatient-hospital-services|dme-supplier-services)-mue-table\.zip",
        "unit limits of practitioners, outpatient hospitals and suppliers, each quarter",
        parts=3,
    ),
    _target(
        "add-on",
        f"{NCCI}medicare-ncci-add-code-edits",
        r"/add-(?:on-)?code-edits-medicare-effective-(?P<month>\d\d)\d\d(?P<year>20\d\d)\.zip",
        "add-on codes and their primaries; CMS dates the name anew each time",
    ),
    _target(
        "zip",
        "/medicare/payment/fee-schedules",
        r"/zip-code-carrier-locality-file-(?:revised|updated)-(?P<month>\d\d)[-/]\d\d[-/](?P<year>20\d\d)\.zip",
        "ZIP codes and their localities; the date in the name is the day of the revision",
    ),
    _target(
        "hcpcs",
        "/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
        rf"/{MONTH}-(?P<year>20\d\d)-alpha-numeric-hcpcs-file[-\w]*\.zip",
        "public descriptions of HCPCS Level II codes, each quarter",
    ),
    _target(
        "clfs",
        "/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
        r"/(?P<year>\d\d)clabq(?P<quarter>[1-4])[-\w]*\.zip",
        "laboratory rates, each quarter",
        follow=r"/clinical-laboratory-fee-schedule-clfs/files/(?P<year>\d\d)clabq(?P<quarter>[1-4])$",
    ),
    _target(
        "payments",
        f"{PHYSICIAN}national-payment-amount-file",
        r"/pfrev(?P<year>\d\d)(?P<letter>[a-d])[-\w]*\.zip",
        "the amounts that CMS publishes, for reconcile to compare ours with",
        follow=r"/national-payment-amount-file/pfrev(?P<year>\d\d)(?P<letter>[a-d])$",
    ),
)
BY_NAME = {target.name: target for target in TARGETS}
