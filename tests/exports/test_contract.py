"""What programs rely on: keys and types of JSON, the first row of each table, the name and the path of each address.

Nothing here may be renamed or change its type; what is added does no harm.
"""

import re
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern
from python_calamine import CalamineWorkbook

from codes.models import Release, Version
from codes.models.release import ReleaseState
from contributions.reports import actions
from tests.contributions.telling import TODAY, tell_all
from tests.exports.claim_contract import CLAIM, CLAIM_NOT_PRICED, STATUSES
from tests.exports.code_contract import CODE_ANSWERS
from tests.exports.contract import DENIAL, EXAMPLES, LIST, MODIFIER, MODIFIER_PAGE, PATTERNS
from tests.exports.shapes import differences, text
from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"
ERROR = {"error": text, "errors": dict}
CSV_HEADINGS = {
    "/claim.csv?lines=45385,45380": "line,code,modifiers,units,status,verdict,allowed,medicare,patient,confidence,"
    "medicare_before_sequestration,sequestration,medicare_paid,source,fix",
    "/cpt/99213/country.csv": "code,modifier,mac,locality,state,locality_name,office,facility,imaging_cap_binds,"
    "work_gpci,practice_expense_gpci,malpractice_gpci,conversion_factor,release",
    "/cpt/45378/site-of-service.csv": "code,date_of_service,place_of_service,place,practitioner_allowed,"
    "facility_allowed,total_allowed,patient_owes,facility_status,indicator,apc,wage_index_share,list,"
    "list_in_force_from,note",
    "/hcpcs/E0601/equipment.csv": "code,modifiers,category,state,not_rural,rural,ceiling,floor,release,"
    "release_in_force_from",
    "/cpt/45385/edits.csv": "setting,state,pays,denied,indicator,at_stake,effective,deletion,rationale,release,"
    "release_in_force_from",
    "/correctness/examples.csv": "example,basis,given,amount,expected,found,within,agrees,source",
    "/changes.csv?source=pprrvu": "kind,code,other,before,after,in_words,release,in_force_from,compared_with",
    "/localities/01182-18/fees.csv": "code,modifier,name,status,office,facility,imaging_cap_binds,global_days,"
    "work_rvu,practice_expense_rvu_office,practice_expense_rvu_facility,malpractice_rvu,mac,locality,"
    "conversion_factor,release,release_in_force_from",
    "/list.csv?codes=99213": "code,name,place_of_service,allowed,allowed_before,change,contract,work_rvu,most_units,"
    "mue_adjudication_indicator,new,deleted,source,why_not_priced",
    "/modifiers.csv": "modifier,name,kind,asserts,when_right,effect,misuse,codes,since,until,source",
    "/reports/99213.csv": "code,as_of,reporters_at_least,table,answer,label,how_many,percent",
}
AUDIT_HEADINGS = "code,component,name,charge,allowed,lost_per_service,multiple,why_not_priced,contract"
ADDRESSES = {
    "codes:home": r"",
    "codes:search": r"search/",
    "codes:suggest": r"search/suggest/",
    "codes:opensearch": r"opensearch.xml",
    "codes:code": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/$",
    "codes:code_json": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})\.json$",
    "codes:code_formats": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})\.(?:csv|xlsx|atom)$",
    "codes:code_evidence": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/evidence/$",
    "codes:code_edits": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/edits/$",
    "codes:code_edits_csv": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/edits\.csv$",
    "codes:code_add_ons": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/add-ons/$",
    "codes:code_coverage": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/coverage/$",
    "codes:code_coverage_json": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/coverage\.json$",
    "codes:browse": r"browse/",
    "codes:browse_section": r"^browse/cpt/(?P<section>[a-z-]{1,60})/$",
    "codes:browse_part": r"^browse/cpt/(?P<section>[a-z-]{1,60})/(?P<part>[a-z-]{1,60})/$",
    "codes:browse_letter": r"^browse/hcpcs/(?P<letter>[A-Z])/$",
    "codes:browse_rbcs": r"^browse/rbcs/(?P<path>[a-z0-9/-]{1,200})/$",
    "codes:code_sites_json": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/site-of-service\.json$",
    "codes:code_sites_csv": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/site-of-service\.csv$",
    "codes:code_country": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/country/$",
    "codes:code_country_csv": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/country\.csv$",
    "codes:code_over_time": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/over-time/$",
    "codes:code_changes": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/changes/$",
    "codes:code_changes_feed": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/changes\.atom$",
    "codes:changes": r"changes/",
    "codes:changes_csv": r"changes.csv",
    "codes:changes_feed": r"changes.atom",
    "codes:localities": r"localities/",
    "codes:locality": r"^localities/(?P<key>\d{5}-\d{2})/$",
    "codes:locality_fees": r"^localities/(?P<key>\d{5}-\d{2})/fees\.csv$",
    "codes:locality_workbook": r"^localities/(?P<key>\d{5}-\d{2})/fees\.xlsx$",
    "codes:compare": r"compare/",
    "codes:list": r"list/",
    "codes:list_csv": r"list.csv",
    "codes:list_json": r"list.json",
    "codes:list_feed": r"list.atom",
    "codes:list_calendar": r"list.ics",
    "codes:robots": r"robots.txt",
    "codes:sitemap_index": r"sitemap.xml",
    "codes:sitemap": r"^sitemap-(?P<section>[a-z]{1,20})\.xml$",
    "codes:pairs": r"ncci/",
    "codes:modifiers": r"modifiers/",
    "codes:modifiers_csv": r"modifiers.csv",
    "codes:modifiers_json": r"modifiers.json",
    "codes:modifier": r"^modifiers/(?P<typed>[0-9A-Za-z]{2})/$",
    "codes:modifier_json": r"^modifiers/(?P<typed>[0-9A-Za-z]{2})\.json$",
    "codes:code_equipment_csv": r"^(?P<system>cpt|hcpcs)/(?P<typed>[^/]{1,60})/equipment\.csv$",
    "codes:diagnoses": r"icd10/",
    "codes:diagnosis": r"^icd10/(?P<typed>[0-9A-Za-z.]{3,10})/$",
    "codes:diagnosis_json": r"^icd10/(?P<typed>[0-9A-Za-z.]{3,10})\.json$",
    "codes:audit": r"audit/",
    "codes:remittance": r"remittance/",
    "codes:explain": r"explain/",
    "codes:explain_json": r"explain.json",
    "codes:explain_csv": r"explain.csv",
    "codes:api": r"api/",
    "codes:claim": r"claim/",
    "codes:claim_json": r"claim.json",
    "codes:claim_csv": r"claim.csv",
    "codes:sources": r"sources/",
    "codes:correctness": r"correctness/",
    "codes:worked_examples": r"correctness/examples/",
    "codes:worked_examples_csv": r"correctness/examples.csv",
    "codes:worked_examples_json": r"correctness/examples.json",
    "codes:rule_cases": r"correctness/rules/",
    "codes:glossary": r"glossary/",
    "codes:indicators": r"indicators/",
    "codes:corrections": r"corrections/",
    "codes:report_error": r"corrections/report/",
    "codes:licence": r"licenses/",
    "contributions:patterns": r"^reports/(?P<typed>[^/.]{1,20})/$",
    "contributions:patterns_json": r"^reports/(?P<typed>[^/.]{1,20})\.json$",
    "contributions:patterns_csv": r"^reports/(?P<typed>[^/.]{1,20})\.csv$",
    "contributions:report": r"^reports/(?P<typed>[^/.]{1,20})/new/$",
    "contributions:thanks": r"^reports/(?P<typed>[^/.]{1,20})/thanks/$",
    "contributions:denial": r"denials/",
    "contributions:denial_json": r"denials.json",
    "contributions:denial_letter": r"denials/letter.txt",
    "contributions:receipt": r"receipt/",
    "contributions:privacy": r"privacy/",
    "contributions:toolkit": r"toolkit/",
    "contributions:toolkit_thanks": r"toolkit/thanks/<str:signed>/",
    "contributions:toolkit_file": r"^toolkit/files/(?P<signed>[^/]+)/toolkit\.(?P<kind>pdf|xlsx)$",
    "contributions:toolkit_confirm": r"toolkit/confirm/<str:signed>/",
    "contributions:toolkit_leave": r"toolkit/leave/<str:signed>/",
}


def json_of(get: Get, address: str, status: int = 200) -> Any:
    """The JSON of an address as it is sent."""
    response = get(address, status)
    assert response["Content-Type"] == "application/json"
    return response.json()


def on_that_day(address: str) -> str:
    """The same address on a day that the sample prices, where none is named."""
    return address if "dos=" in address else f"{address}{'&' if '?' in address else '?'}dos={AUG_1_2026}"


def first_row(response: Any) -> str:
    return b"".join(response).decode().splitlines()[0]


def headings_of(workbook: bytes) -> dict[str, list[Any]]:
    """The rows of each sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("address", CODE_ANSWERS)
def test_the_json_of_a_code_keeps_its_keys_and_types(get: Get, address: str) -> None:
    assert differences(json_of(get, on_that_day(address)), CODE_ANSWERS[address]) == []


def test_a_code_with_three_components_names_each(get: Get) -> None:
    components = json_of(get, on_that_day("/cpt/71046.json"))["components"]
    assert [each["modifier"] for each in components] == ["", "26", "TC"]


@pytest.mark.parametrize("lines", STATUSES)
def test_the_json_of_a_claim_keeps_its_keys_types_and_statuses(get: Get, lines: str) -> None:
    claim = json_of(get, on_that_day(f"/claim.json?lines={lines}"))
    assert differences(claim, CLAIM) == []
    assert [line["status"] for line in claim["lines"]] == STATUSES[lines]


def test_a_claim_on_a_day_without_a_release_says_why_in_place_of_totals(get: Get) -> None:
    assert differences(json_of(get, "/claim.json?lines=99213&dos=2023-05-01"), CLAIM_NOT_PRICED) == []


@pytest.mark.parametrize(
    "asked",
    [
        "reason=CO-50&remark=N115+N9999&code=97110&mod=GP&units=2&notice=2026-09-02",
        "reason=45&payer=commercial",
        "reason=CO-236&code=45380&other=45385&dos=2026-08-01&pos=22",
    ],
)
def test_the_json_of_a_denial_keeps_its_keys_and_types(get: Get, asked: str) -> None:
    assert differences(json_of(get, f"/denials.json?{asked}"), DENIAL) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cpt/99213.json?units=-3", 400),
        ("/cpt/98989.json", 404),
        ("/claim.json", 400),
        ("/modifiers/ZQ.json", 404),
        ("/modifiers.json?kind=none", 400),
        ("/modifiers/25.json?dos=2026-01-01", 400),
        ("/claim.json?lines=99213@abc", 400),
        ("/reports/98989.json", 404),
        ("/no/such/address.json", 404),
    ],
)
def test_what_is_wrong_has_one_shape(get: Get, address: str, status: int) -> None:
    assert differences(json_of(get, address, status), ERROR) == []


@pytest.mark.parametrize("codes", ["99213,45385,45380,J1885,99201,99999", "99999"])
def test_the_json_of_a_list_keeps_its_keys_and_types(get: Get, codes: str) -> None:
    assert differences(json_of(get, on_that_day(f"/list.json?codes={codes}&contract=120%25")), LIST) == []


@pytest.mark.parametrize("modifier", ["25", "AS", "MA", "U1"])
def test_the_json_of_a_modifier_keeps_its_keys_and_types(get: Get, modifier: str) -> None:
    assert differences(json_of(get, f"/modifiers/{modifier}.json"), MODIFIER_PAGE) == []


def test_the_json_of_all_modifiers_keeps_its_keys_and_types(get: Get) -> None:
    assert differences(json_of(get, "/modifiers.json?q=audio"), {"modifiers": [MODIFIER]}) == []


def test_the_json_of_the_worked_examples_keeps_its_keys_and_types(get: Get) -> None:
    assert differences(json_of(get, "/correctness/examples.json"), EXAMPLES) == []


def test_reports_below_five_are_null(get: Get) -> None:
    assert json_of(get, "/reports/99213.json") == {"code": "99213", "minimum": 5, "patterns": None}


def test_reports_that_are_shown_keep_their_keys_and_types(get: Get) -> None:
    tell_all(5)
    actions.write_snapshots(TODAY)
    shown = json_of(get, "/reports/99213.json")
    assert differences(shown, {"code": text, "minimum": int, "patterns": PATTERNS}) == []


def test_the_probes_keep_their_words(get: Get) -> None:
    assert differences(json_of(get, "/health/"), {"status": "alive".__eq__, "version": text}) == []
    assert json_of(get, "/ready/") == {"status": "ready", "missing": []}


def test_a_site_that_is_not_ready_keeps_its_keys(get: Get) -> None:
    Release.objects.update(state=ReleaseState.RETIRED)
    Version.bump("data")
    body = json_of(get, "/ready/", 503)
    assert differences(body, {"status": "not ready".__eq__, "missing": [text]}) == []


@pytest.mark.parametrize("address", CSV_HEADINGS)
def test_a_csv_keeps_its_first_row(get: Get, address: str) -> None:
    dated = (
        address
        if address.startswith(("/changes", "/correctness", "/modifiers", "/reports"))
        else on_that_day(address)
    )
    response = get(dated)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert first_row(response) == CSV_HEADINGS[address]


def test_the_csv_of_an_audit_keeps_its_first_row(sample: None, client: Client) -> None:
    posted = client.post("/audit/", {"text": "99213, 85.00", "dos": AUG_1_2026, "as": "csv"})
    assert first_row(posted) == AUDIT_HEADINGS


def test_the_workbook_of_a_locality_keeps_its_sheets_and_its_first_row(get: Get) -> None:
    sheets = headings_of(b"".join(get("/localities/01182-18/fees.xlsx", dos=AUG_1_2026)))
    assert list(sheets) == ["Fee schedule", "About"]
    columns = CSV_HEADINGS["/localities/01182-18/fees.csv"].replace("_", " ").split(",")
    assert sheets["Fee schedule"][0] == columns


def test_every_address_keeps_its_name_and_its_path() -> None:
    found = {
        f"{app}:{each.name}": str(each.pattern)
        for app in ("codes", "contributions")
        for each in import_module(f"{app}.urls").urlpatterns
        if isinstance(each, URLPattern)
    }
    assert {name: found.get(name) for name in ADDRESSES} == ADDRESSES


@pytest.mark.parametrize(
    ("writer", "module"), [("xlsxwriter", "excel.py"), ("csv.writer(", "csv_response.py")]
)
def test_one_module_writes_each_kind_of_table(writer: str, module: str) -> None:
    rooms = [settings.BASE_DIR / room for room in ("codes", "contributions", "medpayiq")]
    found = {path.name for room in rooms for path in room.rglob("*.py") if writer in path.read_text()}
    assert found == {module}


def test_no_answer_is_made_of_the_names_of_fields() -> None:
    """A renamed field of the engine must not rename a key: each key is written out."""
    made_of_names = re.compile(
        r"\basdict\(|\bvars\(|__dict__|_asdict\(|\bmodel_to_dict\(|dataclasses\.fields\("
    )
    sources = [
        *(settings.BASE_DIR / "codes" / "exports").glob("*.py"),
        *(settings.BASE_DIR / "codes" / "views").glob("*.py"),
        *(settings.BASE_DIR / "contributions").rglob("*.py"),
        settings.BASE_DIR / "medpayiq" / "health.py",
    ]
    assert [str(path) for path in sources if made_of_names.search(path.read_text())] == []
