"""The page for programs: which addresses answer in JSON, CSV and Excel, and what they take."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from codes.api.endpoint import PREFIX
from codes.api.limits import LINES_A_REQUEST
from codes.api.parameters import (
    CHANGES,
    CLAIM,
    DENIAL,
    DRUG_UNITS,
    EDITS,
    EXPLAIN,
    LIST,
    MODIFIERS,
    PARAMETERS,
)
from codes.api.problems import TITLES
from codes.api.resources import ENDPOINTS
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
    Twin("The rules that give an amount", "codes:explain_json", (), "code=99213&amount=80.91&dos=2026-08-01"),
    Twin("The same as a table", "codes:explain_csv", (), "code=99213&amount=80.91&dos=2026-08-01"),
    Twin("A list of up to 300 codes", "codes:list_json", (), "codes=99213,99214,20610&dos=2026-08-01"),
    Twin("The same list as a table", "codes:list_csv", (), "codes=99213,99214,20610&dos=2026-08-01"),
    Twin("What releases changed in the list, as an Atom feed", "codes:list_feed", (), "codes=99213,20610"),
    Twin("The same as a calendar", "codes:list_calendar", (), "codes=99213,20610"),
    Twin("Bundling edits of a code", "codes:code_edits_csv", ("cpt", "76376")),
    Twin("The DMEPOS fees of a code in every state", "codes:code_equipment_csv", ("hcpcs", "E0601")),
    Twin(
        "A drug's limits, and the units of a dose", "codes:code_units_json", ("hcpcs", "J0897"), "dose=60+mg"
    ),
    Twin("A drug's limits as a table", "codes:code_limits_csv", ("hcpcs", "J0897")),
    Twin(
        "The articles of a contractor on a code, with their diagnoses",
        "codes:code_coverage_json",
        ("cpt", "20610"),
        "dx=M17.11",
    ),
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
    Twin("Worked examples: what is given, expected and found", "codes:worked_examples_json"),
    Twin("The same as a table", "codes:worked_examples_csv"),
    Twin("Denial reports of a code, from five reporters on", "contributions:patterns_json", ("99213",)),
    Twin("The same as a table", "contributions:patterns_csv", ("99213",)),
)

FURTHER = (
    ("A claim", CLAIM),
    ("A payment to be explained", EXPLAIN),
    ("A list of codes", LIST),
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
    context |= {"endpoints": ENDPOINTS, "prefix": PREFIX, "problems": TITLES.items()}
    context |= {"limit": settings.API_LIMITS, "lines_a_request": LINES_A_REQUEST}
    return render(request, "codes/api.html", context)
