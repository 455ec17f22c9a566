"""The page for programs: which addresses answer in JSON, CSV and Excel, and what they take."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from codes.queries import releases


class Twin(NamedTuple):
    """A kind of answer: what it holds, the name of its address and the words in it, and an example's parameters."""

    holds: str
    name: str
    words: tuple[str, ...] = ()
    example: str = ""

    @property
    def address(self) -> str:
        """The example's address within the site."""
        return reverse(self.name, args=self.words) + (f"?{self.example}" if self.example else "")


TWINS = (
    Twin("A code: amount, steps, components, outlook", "codes:code_json", ("cpt", "76376"), "dos=2026-08-01"),
    Twin("A whole claim, line by line", "codes:claim_json", (), "lines=45385,45380&pos=22"),
    Twin("The same claim as a table", "codes:claim_csv", (), "lines=45385,45380&pos=22"),
    Twin("Bundling edits of a code", "codes:code_edits_csv", ("cpt", "76376")),
    Twin("The DMEPOS fees of a code in every state", "codes:code_equipment_csv", ("hcpcs", "E0601")),
    Twin(
        "A drug's limits, and the units of a dose", "codes:code_units_json", ("hcpcs", "J0897"), "dose=60+mg"
    ),
    Twin("A drug's limits as a table", "codes:code_limits_csv", ("hcpcs", "J0897")),
    Twin("A code in every locality", "codes:code_country_csv", ("cpt", "99213"), "dos=2026-08-01"),
    Twin(
        "Office, surgery center and outpatient hospital side by side",
        "codes:code_sites_json",
        ("cpt", "45378"),
        "dos=2025-11-03",
    ),
    Twin("The same as a table", "codes:code_sites_csv", ("cpt", "45378"), "dos=2025-11-03"),
    Twin("The fee schedule of a locality", "codes:locality_fees", ("01182-18",), "dos=2026-08-01"),
    Twin("The same in Excel", "codes:locality_workbook", ("01182-18",), "dos=2026-08-01"),
    Twin("What a release changed", "codes:changes_csv", (), "source=pprrvu"),
    Twin("What releases changed, as an Atom feed", "codes:changes_feed"),
    Twin("The step after a denial", "contributions:denial_json", (), "reason=CO-236&code=45380&other=45385"),
    Twin("Its letter, to be completed", "contributions:denial_letter", (), "reason=CO-50&remark=N115"),
    Twin("A modifier, with the codes, rules and denials that turn on it", "codes:modifier_json", ("25",)),
    Twin("A diagnosis, with its longer codes and Excludes1 notes", "codes:diagnosis_json", ("M17.1",)),
    Twin("All modifiers", "codes:modifiers_json", (), "kind=visit"),
    Twin("The same as a table", "codes:modifiers_csv", (), "q=telehealth"),
    Twin("Denial reports of a code, from five reporters on", "contributions:patterns_json", ("99213",)),
    Twin("The same as a table", "contributions:patterns_csv", ("99213",)),
)

# Each field of the price form, in words; a test compares the two.
PARAMETERS: Mapping[str, str] = {
    "dos": "date of service, 2026-08-01 or 8/1/2026; today unless given",
    "zip": "five digits of a ZIP code, or ZIP+4 with a hyphen: its locality",
    "locality": "contractor and number, 01182-18, in place of a ZIP code; national unless given",
    "state": "two letters: its locality, where it has one; of several a page offers the choice",
    "pos": "place of service, 11 unless given",
    "mod": "modifiers, 26 or 26,59; four at most",
    "units": "1 to 9,999",
    "charge": "dollars for the whole line: Medicare pays on the lower of charge and fee",
    "minutes": "of anesthesia",
    "induction": "1 or 0: 1 where the anesthesiologist who supervises (AD) was present at induction",
    "days": "days of postoperative care, with modifier 55",
    "deductible": "what is left of the patient's deductible, in dollars; nothing unless given",
    "practitioner": "physician unless given; the calculator lists the others",
    "par": "yes, assigned (non-participating) or no (non-participating, unassigned)",
    "qp": "1 or 0: 1 for a qualifying APM participant",
    "load": "the state of the data that a receipt names: the same figure later, whatever was loaded since",
}

# What else some addresses take, by what they hold; a test compares these with their forms.
CLAIM: Mapping[str, str] = {
    "lines": "up to 25 claim lines, parted by commas: 99213-25x1@150.00 is code, modifiers, units, charge",
    "dx": "the diagnoses of the claim, at most 12, parted by commas: M17.11,E11.9",
    "all": "1 or 0: 1 where these are all services of the day",
    "established": "1 or 0: 1 where the practitioner or group saw the patient in the last three years",
    "same_problem": "1 or 0: 1 where the visits of the day treat one problem",
    "surgery": "the code of your earlier surgery, in whose global period the day may fall",
    "days_since": "days since that surgery, 1 to 999",
    "time": "minutes documented for the visit or for the day's timed therapy",
    "vial": "billing units that the opened vials of the drug hold",
    "no_order": "1 or 0: 1 where the claim doesn't name who ordered the tests",
    "no_clia": "1 or 0: 1 where the claim has no CLIA number",
}
EDITS: Mapping[str, str] = {
    "setting": "practitioner, or hospital; practitioner unless given",
    "group": "0 (can't be bypassed), 1 (can be bypassed) or ended; every edit in force unless given",
    "tab": "denies (edits that deny this code), denied-by (edits in which it denies another) or ended",
    "q": "only edits with codes that begin with this, are named so, or are in a range (00100-01999)",
    "category": "only edits with codes of an RBCS category",
    "sort": "dollars, code or relevance (codes billed together first)",
}
CHANGES: Mapping[str, str] = {
    "source": "pprrvu, ptp_practitioner, ptp_hospital, mue_practitioner, mue_outpatient, mue_dme, add_on, asc, asp, "
    "opps or icd10",
    "since": "the first day of a release; the latest unless given",
    "kind": "one kind of change; all unless given",
    "code": "only this code",
}
DENIAL: Mapping[str, str] = {
    "reason": "adjustment reason with or without its group code: CO-97, 236",
    "group": "CO, PR, OA or PI, where it isn't given with the reason",
    "remark": "all remark codes of the line, in any order: M76 MA130",
    "code": "code on the line",
    "other": "other code of that day",
    "dx": "the diagnoses of the claim: checked on the date of service",
    "payer": "medicare, advantage, medicaid or commercial; medicare unless given",
    "notice": "date of the remittance: reopenings and appeals count from it",
}
MODIFIERS: Mapping[str, str] = {
    "q": "only modifiers that are this, or whose words hold it",
    "kind": "one kind of modifier, as the list spells it; all unless given",
}
DRUG_UNITS: Mapping[str, str] = {
    "dose": "the dose given with its measure: 60 mg",
    "vial": "what one vial holds: 60 mg",
    "ndc": "the NDC on the vial, 55513-0710-01 or 11 digits, in place of its size",
}
FURTHER = (
    ("A claim", CLAIM),
    ("Bundling edits", EDITS),
    ("A denial", DENIAL),
    ("Units of a drug", DRUG_UNITS),
    ("Modifiers", MODIFIERS),
    ("What a release changed", CHANGES),
)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """`/api/`."""
    context = {"calendar": releases.calendar(), "twins": TWINS, "parameters": PARAMETERS.items()}
    context["further"] = [(title, parameters.items()) for title, parameters in FURTHER]
    return render(request, "codes/api.html", context)
