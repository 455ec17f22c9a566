"""Each page, JSON, CSV, the search box and the Claim Desk read a text alike, or say in words what is wrong with it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.parsing.dates import read_date
from codes.parsing.flags import read_flag
from codes.parsing.localities import read_zip
from codes.parsing.money import read_money
from tests.pages.conftest import Get, table_of

AUG_1_2026 = "2026-08-01"
PAGES = (
    *("/cpt/99213/", "/cpt/99213.json", "/cpt/99213/edits/", "/cpt/99213/edits.csv", "/cpt/99213/country/"),
    *("/cpt/99213/country.csv", "/cpt/99213/over-time/"),
)
OF_A_DAY = (
    *("/cpt/99213/add-ons/", "/localities/", "/localities/01182-18/", "/localities/01182-18/fees.csv"),
    *("/localities/01182-18/fees.xlsx", "/ncci/?codes=45385+45380", "/compare/?codes=99213,99214"),
    *("/claim/?lines=99213", "/claim.json?lines=99213", "/claim.csv?lines=99213"),
)
ENOUGH = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ask(client: Client, address: str, **parameters: str) -> HttpResponse:
    path, _, query = address.partition("?")
    given = dict(pair.split("=") for pair in query.split("&") if pair)
    return client.get(path, {**given, **parameters})  # type: ignore[return-value]


def in_words(response: Any) -> bool:
    """Whether an answer says what is wrong, in the shape of its kind."""
    kind = response.headers["Content-Type"]
    if kind.startswith("application/json"):
        body = response.json()
        return bool(body["error"]) and isinstance(body["errors"], dict)
    return kind.startswith(("text/plain", "text/html")) and len(response.content) > 20


@pytest.mark.parametrize("dos", ["junk", "2026-02-30", "13/13/2026", "1950-01-01", "2026-08", "8/1/99"])
@pytest.mark.parametrize("address", PAGES + OF_A_DAY)
def test_what_is_no_date_is_refused_everywhere(sample: None, client: Client, address: str, dos: str) -> None:
    response = ask(client, address, dos=dos)
    assert response.status_code == 400, (address, dos)
    assert in_words(response)


@pytest.mark.parametrize("dos", ["11/3/2025", "2025-11-3", "11/03/2025", "nov 3 2025"])
@pytest.mark.parametrize(
    "address", ["/cpt/99213.json", "/cpt/99213/country.csv", "/localities/01182-18/fees.csv"]
)
def test_a_date_is_read_alike_in_every_form(sample: None, client: Client, address: str, dos: str) -> None:
    typed, plain = ask(client, address, dos=dos), ask(client, address, dos="2025-11-03")
    assert typed.status_code == plain.status_code == 200
    assert body_of(typed) == body_of(plain)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("word", ["0", "no", "off", "false"])
def test_a_word_for_no_is_no(get: Get, word: str) -> None:
    for address in ("/cpt/99213.json", "/claim.json?lines=99213", "/localities/01182-18/fees.csv"):
        path, _, query = address.partition("?")
        asked = dict(pair.split("=") for pair in query.split("&") if pair)
        without = body_of(get(path, dos=AUG_1_2026, **asked))
        assert body_of(get(path, dos=AUG_1_2026, qp=word, **asked)) == without
    claim = {"lines": "99213,20610", "dos": AUG_1_2026}
    assert get("/claim.json", all=word, **claim).json() == get("/claim.json", **claim).json()
    with_ad = {"mod": "AD", "minutes": "95", "dos": AUG_1_2026}
    assert get("/cpt/00811.json", induction=word, **with_ad).json()["price"]["allowed"] == "61.49"


@pytest.mark.parametrize(
    "address", [*PAGES, "/claim.json?lines=99213", "/claim.csv?lines=99213", "/localities/01182-18/fees.csv"]
)
def test_a_word_that_is_neither_yes_nor_no_is_refused(sample: None, client: Client, address: str) -> None:
    response = ask(client, address, qp="maybe")
    assert (response.status_code, in_words(response)) == (400, True)


@pytest.mark.parametrize(
    "asked",
    [
        {"zip": "90037", "locality": "10112-00"},
        {"zip": "35203", "state": "CA"},
        {"locality": "01182-18", "state": "AL"},
        {"state": "ZZ"},
        {"state": "TX", "zip": "35203"},
        {"zip": "902100000"},
        {"zip": "9021"},
        {"charge": "1,50"},
        {"charge": "-5"},
        {"charge": "1e3"},
        {"units": "1.5"},
        {"pos": "77"},
        {"mod": "2"},
    ],
)
@pytest.mark.parametrize(
    "address", ["/cpt/99213/", "/cpt/99213.json", "/claim.json?lines=99213", "/cpt/99213/country.csv"]
)
def test_what_contradicts_itself_or_cannot_be_is_refused(
    sample: None, client: Client, address: str, asked: dict[str, str]
) -> None:
    response = ask(client, address, **asked)
    assert (response.status_code, in_words(response)) == (400, True)


@pytest.mark.parametrize("address", [*PAGES[:3], "/claim.json?lines=99213", "/localities/01182-18/fees.csv"])
def test_a_parameter_that_is_given_twice_is_not_the_last_one(
    sample: None, client: Client, address: str
) -> None:
    joined = "&" if "?" in address else "?"
    response = client.get(f"{address}{joined}dos=2026-08-01&dos=2025-11-03")
    assert response.status_code == 400
    assert "more than once" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/cpt/99228.json",
            "/cpt/99228/edits.csv",
            "/cpt/99228/country.csv",
            "/cpt/xyz.json",
            "/cpt/xyz/edits.csv",
        ),
        *("/localities/99999-99/fees.csv", "/nothing.json", "/nothing.csv", "/reports/99999.json"),
    ],
)
def test_a_program_gets_no_page_where_nothing_is_known(sample: None, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith(
        "application/json" if address.endswith(".json") else "text/plain"
    )
    assert in_words(response)


@pytest.mark.parametrize(
    "asked",
    [{"source": "weather"}, {"source": "pprrvu", "kind": "junk"}, {"source": "pprrvu", "since": "junk"}],
)
def test_a_wrong_parameter_of_the_changes_is_a_400(
    sample: None, client: Client, asked: dict[str, str]
) -> None:
    response = client.get("/changes.csv", asked)
    assert (response.status_code, in_words(response)) == (400, True)


@pytest.mark.parametrize(
    "address",
    [
        *("/cpt/99213.json", "/cpt/99213/edits.csv", "/cpt/99213/country.csv", "/claim.json?lines=99213"),
        *("/claim.csv?lines=99213", "/localities/01182-18/fees.csv", "/changes.csv?source=pprrvu"),
    ],
)
def test_a_parameter_that_an_address_for_programs_does_not_take_is_an_error(
    sample: None, client: Client, address: str
) -> None:
    response = ask(client, address, unit="3")
    assert (response.status_code, in_words(response)) == (400, True)
    assert "unit" in response.content.decode()


def test_a_parameter_that_is_not_ours_is_not_carried_to_a_table(get: Get) -> None:
    for address in ("/cpt/45385/edits/", "/cpt/99213/country/", "/claim/"):
        page = get(address, dos=AUG_1_2026, utm_source="mail", lines="99213").content.decode()
        links = [part for part in page.split('href="')[1:] if ".csv" in part.split('"')[0]]
        assert links
        assert not [link for link in links if "utm_source" in link.split('"')[0]]


def test_the_csv_of_a_claim_says_what_is_wrong(sample: None, client: Client) -> None:
    assert "dos:" in client.get("/claim.csv?lines=99213&dos=junk").content.decode()
    assert "pos:" in client.get("/claim.csv?lines=99213&pos=77").content.decode()
    assert "“" not in client.get("/claim.csv").content.decode()


def test_the_csv_of_edits_holds_every_edit_in_force_of_both_columns(get: Get) -> None:
    whole = table_of(get("/cpt/45385/edits.csv", dos=AUG_1_2026))
    groups = [table_of(get("/cpt/45385/edits.csv", dos=AUG_1_2026, group=group)) for group in ("0", "1")]
    assert sorted(map(str, whole)) == sorted(map(str, groups[0] + groups[1]))
    assert {(row["setting"], row["state"]) for row in whole} == {("practitioner", "active")}
    assert {row["indicator"] for row in whole} == {"0", "1"}
    assert {"45385"} < {row["pays"] for row in whole}
    ended = table_of(get("/cpt/45385/edits.csv", dos=AUG_1_2026, group="ended"))
    assert {row["state"] for row in ended} <= {"ended"}


def test_what_was_typed_stays_beside_a_wrong_zip_code(get: Get) -> None:
    page = get("/cpt/99214/", status=400, zip="9021", units="2", mod="25", qp="1").content.decode()
    assert 'value="11" selected' in page
    assert 'name="units" value="2"' in page
    assert 'value="25" checked' in page
    assert 'name="qp" value="1" id="id_qp" checked' in page
    assert 'name="units" value="1"' in get("/cpt/99214/", status=400, zip="9021").content.decode()


def test_the_filter_of_the_edits_goes_to_the_group_that_has_the_hit(get: Get) -> None:
    page = get("/cpt/99214/edits/", group="0", q="20610", dos=AUG_1_2026).content.decode()
    assert "No match under" in page
    assert "20610" in page.split('<tbody id="edits-rows">')[1]


def test_a_state_with_one_locality_is_that_locality_and_of_several_a_program_must_choose(get: Get) -> None:
    assert get("/cpt/99213.json", state="al").json()["locality"]["key"] == "10112-00"
    assert "localities" in get("/cpt/99213.json", 400, state="TX").json()["errors"]["state"][0]
    get("/cpt/99213/", state="TX")


def choices_in(response: Any) -> list[str]:
    page = response.content.decode()
    return re.findall(r'<li><a href="([^"]+)">', page.split('id="choices"')[1].split("</section>")[0])


def test_a_number_that_is_a_code_and_a_zip_code_is_offered_as_both(get: Get) -> None:
    found = choices_in(get("/search/", q="99213 77002"))
    assert found[:2] == ["/cpt/99213/?zip=77002", "/ncci/?codes=99213+77002"]
    assert "ZIP code 77002 (Houston, TX)" in get("/search/suggest/", q="99213 77002").content.decode()


@pytest.mark.parametrize(
    ("typed", "belongs"),
    [
        ("99213+77002", "/ncci/?codes=99213+77002"),
        ("99213, 77002", "/ncci/?codes=99213+77002"),
        ("99213 zip 77002", "/cpt/99213/?zip=77002"),
        ("99213 in 77002", "/cpt/99213/?zip=77002"),
        ("77002", "/cpt/77002/"),
        ("99204 10001 NP", "/cpt/99204/?zip=10001&practitioner=np"),
        ("98941 AT", "/cpt/98941/?mod=AT"),
        ("98941 ga at", "/cpt/98941/?mod=GA&mod=AT"),
        ("97110 go", "/cpt/97110/?mod=GO"),
        ("99213 at 77002", "/cpt/99213/?zip=77002"),
        ("J3301x4", "/hcpcs/J3301/?units=4"),
        ("99213 35203 pa", "/cpt/99213/?zip=35203&practitioner=pa"),
    ],
)
def test_where_one_reading_is_clearly_meant_it_is_taken(get: Get, typed: str, belongs: str) -> None:
    assert get("/search/", 302, q=typed).headers["Location"] == belongs


def test_pa_is_a_state_or_a_practitioner(get: Get) -> None:
    found = choices_in(get("/search/", q="99213 pa"))
    assert found == ["/cpt/99213/?state=PA", "/cpt/99213/?practitioner=pa"]


def test_the_search_says_which_part_cannot_be(get: Get) -> None:
    assert "There is no such day" in get("/search/", q="99213 2026-02-30").content.decode()
    assert "10,000 units" in get("/search/", q="20610 x10000").content.decode()
    assert "Claim Desk" in get("/search/", q="99213 " * 80).content.decode()


DAYS = st.text(alphabet="0123456789/-. ", min_size=1, max_size=10) | st.dates().map(
    lambda day: f"{day.month}/{day.day}/{day.year}"
)


@pytest.fixture
def asked(sample: None, client: Client) -> Callable[..., Any]:
    return lambda address, **parameters: ask(client, address, **parameters)


@ENOUGH
@given(DAYS)
def test_no_two_surfaces_read_a_date_differently(asked: Callable[..., Any], text: str) -> None:
    try:
        day = read_date(text).isoformat() if text.strip() else None
    except ValueError:
        day = "refused"
    answer = asked("/cpt/99213.json", dos=text)
    for address in ("/cpt/99213/country.csv", "/localities/01182-18/fees.csv", "/claim.json?lines=99213"):
        assert (asked(address, dos=text).status_code == 400) == (day == "refused")
    assert (answer.status_code == 400) == (day == "refused")
    if day not in (None, "refused"):
        assert answer.json()["date_of_service"] == day


@ENOUGH
@given(st.text(alphabet="0123456789-, $.abxeno", max_size=9))
def test_no_two_surfaces_read_a_flag_a_zip_code_or_a_charge_differently(
    asked: Callable[..., Any], text: str
) -> None:
    readers: dict[str, Callable[[str], Any]] = {"qp": read_flag, "zip": read_zip, "charge": read_money}
    for name, reader in readers.items():
        statuses = {
            asked(a, **{name: text}).status_code for a in ("/cpt/99213.json", "/claim.csv?lines=99213")
        }
        assert len(statuses) == 1
        assert statuses <= {200, 400}
        if text.strip() and refuses(reader, text):
            assert statuses == {400}, (name, text)


def refuses(reader: Callable[[str], Any], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return True
    return False


@ENOUGH
@given(st.text(max_size=40) | st.text(alphabet="0123456789 ,-x@$AT.", max_size=30))
def test_nothing_typed_makes_a_fault(asked: Callable[..., Any], text: str) -> None:
    for address, name in (
        ("/search/", "q"),
        ("/search/suggest/", "q"),
        ("/claim/", "lines"),
        ("/claim.json", "lines"),
    ):
        assert asked(address, **{name: text}).status_code < 500
