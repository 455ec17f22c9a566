"""The page for programs keeps its word."""

import re

import pytest
from django.urls import reverse

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
from codes.api.successors import SUCCESSORS
from codes.forms.bundling import BundlingForm
from codes.forms.changes import ChangesForm
from codes.forms.claim import DeskForm
from codes.forms.code_list import ListForm
from codes.forms.denials import DenialForm
from codes.forms.drug_units import DrugUnitsForm
from codes.forms.explain import ExplainForm
from codes.forms.modifiers import ModifiersForm
from codes.forms.price import PriceForm
from tests.pages.conftest import Get


def test_every_parameter_of_a_look_up_is_told_and_no_other() -> None:
    assert set(PARAMETERS) == set(PriceForm.base_fields)


def test_every_parameter_of_edits_claims_modifiers_and_changes_is_told_and_no_other() -> None:
    assert set(EDITS) == set(BundlingForm.base_fields) - {"after"}
    assert set(CHANGES) == set(ChangesForm.base_fields) - {"after"}
    assert set(DENIAL) == set(DenialForm.base_fields) - set(PriceForm.base_fields)
    assert set(DRUG_UNITS) == set(DrugUnitsForm.base_fields) - {"dos"}
    assert set(LIST) == set(ListForm.base_fields) - set(PriceForm.base_fields)
    assert set(MODIFIERS) == set(ModifiersForm.base_fields)
    assert set(EXPLAIN) == set(ExplainForm.base_fields) - set(PriceForm.base_fields)
    assert set(CLAIM) == {"lines", *DeskForm.base_fields} - set(PriceForm.base_fields)


def test_every_address_that_it_names_answers_in_the_kind_that_it_says(get: Get) -> None:
    page = get("/api/").content.decode()
    named = [address.replace("&amp;", "&") for address in re.findall(r'class="code" href="([^"]+)"', page)]
    assert len(named) == 31
    kinds = {
        ".json": "json",
        ".csv": "text/csv",
        ".atom": "atom+xml",
        ".ics": "text/calendar",
        ".xlsx": "spreadsheetml",
        ".txt": "text/plain",
    }
    for address in named:
        ending = re.search(r"\.[a-z]+(?=\?|$)", address)
        assert ending, address
        assert kinds[ending[0]] in get(address).headers["Content-Type"]


def test_a_wrong_parameter_is_a_400_in_words_and_an_unknown_code_a_404(get: Get) -> None:
    wrong = get("/cpt/99213.json", status=400, units="-3").json()
    assert "units" in str(wrong).lower()
    get("/cpt/98989.json", status=404)


def test_every_example_of_the_interface_is_shown_with_its_parameters(get: Get) -> None:
    page = get("/api/").content.decode()
    for endpoint in ENDPOINTS:
        assert f'href="/api/v1/{endpoint.example.replace("&", "&amp;")}"' in page
        assert all(f"<dt><code>{name}</code>" in page for name in endpoint.parameters)
    for kind in TITLES:
        assert f'id="{kind}"' in page


@pytest.mark.parametrize("name", SUCCESSORS)
def test_the_successors_are_addresses_of_the_interface(name: str) -> None:
    words = ["99213"] * SUCCESSORS[name].count("{}")
    assert SUCCESSORS[name].format(*words) == reverse(f"codes:v1:{name}", args=words)


def test_the_older_addresses_name_their_successors(get: Get) -> None:
    for old, new in (
        ("/cpt/99213.json", "codes/99213"),
        ("/claim.json?lines=99213", "claims"),
        ("/claim.csv?lines=99213", "claims"),
        ("/modifiers.json", "modifiers"),
        ("/modifiers/25.json", "modifiers/25"),
        ("/cpt/45385/edits.csv", "codes/45385/edits"),
    ):
        link = get(old)["Link"]
        assert link == f'<http://127.0.0.1:8000/api/v1/{new}>; rel="successor-version"'
