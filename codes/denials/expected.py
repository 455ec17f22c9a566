"""The denial that a check of a claim foretells, and the address of its answer.

A finding names its reason and remarks (`CARC 236`, `RARC N362`). A rule by which a line is paid only if something
holds foretells none; what a contractor says where it does not hold stands here.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from codes.ncci import CheckedLine, Finding, LineStatus
from codes.pricing.types import Line

GROUPS = {"provider": "CO", "patient": "PR"}
IF_DENIED: Mapping[str, tuple[str, ...]] = {
    "acupuncture-for-back-pain": ("CARC 50", "RARC N386"),
    "critical-care-and-marked-visit": ("CARC 97",),
    "decision-for-surgery-57": ("CARC 97",),
    "distinct-service": ("CARC 236",),
    "ga-notice-on-file": ("CARC 50",),
    "hospice-attending": ("CARC B9",),
    "hospice-unrelated": ("CARC B9",),
    "hiv-prevention-injection-is-g0012": ("CARC 96", "RARC N56"),
    "increased-work": ("CARC 150",),
    "office-and-emergency-visit": ("CARC B14",),
    "payment-window-technical": ("CARC 60",),
    "prolonged-g0316-minutes": ("CARC 150",),
    "prolonged-g0317-minutes": ("CARC 150",),
    "prolonged-g0318-minutes": ("CARC 150",),
    "prolonged-g2212-minutes": ("CARC 150",),
    "referred-test-in-office": ("CARC 170", "RARC N95"),
    "repeated-procedure": ("CARC 18",),
    "return-outside-operating-room": ("CARC 97", "RARC N525"),
    "routine-foot-care": ("CARC 96", "RARC N429"),
    "separate-visit-25": ("CARC 97",),
    "split-surgical-care": ("CARC B20",),
    "staged-procedure-58": ("CARC 97", "RARC N525"),
    "telehealth-if-listed": ("CARC 96", "RARC N776"),
    "therapy-threshold-kx": ("CARC 119",),
    "two-office-visits": ("CARC B14",),
    "unrelated-procedure-79": ("CARC 97", "RARC N525"),
    "unrelated-visit-24": ("CARC 97", "RARC N525"),
    "vaccine-administration": ("CARC 96", "RARC N56"),
    "vaccine-after-injury": ("CARC 50",),
}


class Expected(NamedTuple):
    """A denial to expect: "CO" with "236", its remarks, and the other code of an edit."""

    group: str
    reason: str
    remarks: tuple[str, ...] = ()
    other_code: str = ""

    @property
    def title(self) -> str:
        """As it stands on a remittance: "CO-151 with N362"."""
        reason = f"{self.group}-{self.reason}" if self.group else f"reason {self.reason}"
        return f"{reason} with {', '.join(self.remarks)}" if self.remarks else reason

    def query(self, line: Line, **more: str) -> str:
        """The question to the denial advisor about this line; `more` are its date of service and place.

        >>> Expected("CO", "236", (), "45385").query(Line("45380"))
        'reason=CO-236&code=45380&other=45385'
        """
        fields = {
            "reason": f"{self.group}-{self.reason}" if self.group else self.reason,
            "remark": " ".join(self.remarks),
            "code": line.code,
            "mod": " ".join(line.modifiers),
            "units": str(line.units) if line.units > 1 else "",
            "other": self.other_code,
            **more,
        }
        return urlencode({name: value for name, value in fields.items() if value})


def of_line(checked: CheckedLine) -> Expected | None:
    """The denial of a line: by what denies it, else by what may; None for a line that is paid or was not checked."""
    if checked.status in {LineStatus.PAID, LineStatus.NOT_CHECKED}:
        return None
    named = [finding for finding in checked.findings if _reasons(finding)]
    denying = [finding for finding in named if checked.number in finding.denies]
    found = next(iter(denying or named), None)
    return of_finding(found) if found else None


def of_finding(finding: Finding) -> Expected | None:
    """The denial that a finding foretells, of several reasons the likeliest; None where it foretells none."""
    numbers = [each.split()[-1] for each in _reasons(finding) if each.startswith("CARC ")]
    if not numbers:
        return None
    return Expected(
        group=GROUPS.get(finding.liability, ""),
        reason=numbers[0],
        remarks=tuple(each.split()[-1] for each in _reasons(finding) if each.startswith("RARC ")),
        other_code=finding.edit.column_one if finding.edit else "",
    )


def _reasons(finding: Finding) -> tuple[str, ...]:
    return finding.reasons or IF_DENIED.get(finding.rule, ())


def of_edit(column_one: str, column_two: str) -> str:
    """The question about the denial of column two under an edit."""
    return Expected("CO", "236", (), column_one).query(Line(column_two))
