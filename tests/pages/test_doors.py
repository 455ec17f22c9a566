"""The ways on from the answer of a code page: Claim Desk, pair check, evidence, neighbors."""

import re
from html import unescape

import pytest

from tests.pages.conftest import Get

AUG_1_2026 = "2026-08-01"


def doors_of(page: str) -> str:
    return page.partition('id="doors"')[2].partition("</section>")[0].partition('class="aside"')[0]


def evidence_of(page: str) -> list[str]:
    return unescape(page.partition('id="evidence" hidden>')[2].partition("</pre>")[0]).splitlines()


def test_the_line_as_typed_goes_to_the_claim_desk(get: Get) -> None:
    page = get("/cpt/99214/", dos=AUG_1_2026, mod="25", zip="35203", pos="22").content.decode()
    claim = re.search(r'<a class="button primary" href="(/claim/[^"]+)"', page)
    assert claim is not None
    address = unescape(claim[1])
    assert "lines=99214-25" in address
    assert "pos=22" in address
    assert "99214-25" in get(address).content.decode()


def test_the_neighbors_can_be_compared(get: Get) -> None:
    page = get("/cpt/99214/", dos=AUG_1_2026).content.decode()
    assert "Compare 99213 · 99214 · 99215" in doors_of(page)


def test_the_evidence_names_code_amount_working_source_and_address(get: Get) -> None:
    lines = evidence_of(get("/cpt/99214/", dos=AUG_1_2026, mod="25").content.decode())
    assert lines[0].startswith("99214-25 ")
    assert lines[1] == "Medicare allowed amount: $135.61, Office (11), national, date of service Aug 1, 2026"
    assert lines[2].startswith("Working: ")
    assert "33.4009" in lines[2]
    assert lines[3] == "Medicare's share $108.49, patient $27.12"
    assert lines[-2] == "Source: RVU26C"
    assert re.search(r"/cpt/99214/evidence/\?dos=2026-08-01&mod=25&pos=11&load=\d+$", lines[-1])


def test_the_evidence_shows_every_step_up_to_the_allowed_amount(get: Get) -> None:
    lines = evidence_of(get("/cpt/20610/", dos=AUG_1_2026, mod="50").content.decode())
    assert lines[1].startswith("Medicare allowed amount: $103.22")
    working = [line for line in lines if line.startswith("Working: ")]
    assert len(working) == 2
    assert "= 103.22" in working[-1]


def test_the_evidence_says_why_there_is_no_amount(get: Get) -> None:
    lines = evidence_of(get("/hcpcs/J1100/", dos=AUG_1_2026).content.decode())
    assert "not priced" in lines[1]
    assert lines[2].startswith("Reason: ")


@pytest.mark.parametrize("query", ["?dos=tomorrow", "?zip=abc"])
def test_a_question_that_cannot_be_read_has_nothing_to_take_along(get: Get, query: str) -> None:
    page = get(f"/cpt/99214/{query}", 400).content.decode()
    assert "evidence" not in doors_of(page)
