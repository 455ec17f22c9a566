"""Bundling edits, add-on codes, the pair checker and the Claim Desk on the sample (edits of 2024 Q3)."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from codes import pricing
from codes.models import PtpEdit, Version
from tests.pages.conftest import Get, table_of

AUG_1_2026 = "2026-08-01"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_76377_pays_and_76376_is_denied_and_no_modifier_passes(get: Get) -> None:
    rows = table_of(get("/cpt/76376/edits.csv", group="0", dos=AUG_1_2026))
    found = next(row for row in rows if row["pays"] == "76377")
    assert (found["denied"], found["indicator"], found["at_stake"]) == ("76376", "0", "25.38")


def test_dollars_at_stake_are_those_of_the_denied_code_in_the_place(get: Get) -> None:
    rows = table_of(get("/cpt/45385/edits.csv", group="1", dos=AUG_1_2026, pos="22"))
    found = next(row for row in rows if row["denied"] == "45380")
    assert found["at_stake"] == "177.69"


def test_the_list_is_sorted_by_dollars_first(get: Get) -> None:
    rows = table_of(get("/cpt/45385/edits.csv", group="1", dos=AUG_1_2026))
    stakes = [float(row["at_stake"]) for row in rows if row["at_stake"]]
    assert stakes == sorted(stakes, reverse=True)
    assert len(stakes) > 50


def test_pages_follow_each_other_without_gap_or_repetition(get: Get) -> None:
    from codes.models import Release
    from codes.queries import bundling
    from codes.queries.bundling_file import every_edit

    release = Release.objects.get(source="ptp_practitioner")
    edit_filter = bundling.EditFilter(code="45385", at=release.effective_from, group="1", sort="code")
    whole = [(edit.pays, edit.denied) for edit in every_edit(release, None, edit_filter)]
    first, more = bundling.page(release, None, edit_filter, size=20)
    assert more
    again = bundling.EditFilter(
        code="45385",
        at=release.effective_from,
        group="1",
        sort="code",
        after=bundling.read_keyset(first[-1].keyset),
    )
    second, _ = bundling.page(release, None, again, size=20)
    assert [(row.pays, row.denied) for row in first + second] == whole[:40]


def test_the_filter_takes_a_word_of_our_names(get: Get) -> None:
    page = text_of(get("/cpt/45385/edits/", q="colonoscopy", group="1", dos=AUG_1_2026))
    assert "45380" in page
    assert "99213" not in page.split("<main")[1]


def tabs_of(page: str) -> list[str]:
    """The tabs of a list of edits, the one shown with a star."""
    return [
        ("*" if "aria-current" in tab else "") + " ".join(re.sub(r"<[^>]+>", "", tab).split())
        for tab in re.findall(r'<li>(<a id="edits-.*?)</li>', page)
    ]


def others_of(page: str) -> list[str]:
    """The other codes of a list of edits, in order."""
    rows = page.split('<tbody id="edits-rows">')[1].split("</table>")[0]
    return re.findall(r'<th scope="row"><a class="code"[^>]*>([^<]+)</a>', rows)


def test_the_tabs_count_what_fits_the_filter_and_the_first_that_has_some_is_shown(get: Get) -> None:
    page = get("/cpt/45385/edits/", q="45380", dos=AUG_1_2026).content.decode()
    assert tabs_of(page) == ["Denies 45385 · 0", "*Denied by 45385 · 1", "Ended · 0"]
    assert others_of(page) == ["45380"]


def test_a_tab_without_a_hit_gives_way_to_the_one_that_has_it(get: Get) -> None:
    page = get("/cpt/45385/edits/", tab="denies", q="45380", dos=AUG_1_2026).content.decode()
    assert "No match under “Denies 45385”" in page
    assert others_of(page) == ["45380"]


def test_hits_in_the_other_tab_are_told_with_a_link(get: Get) -> None:
    page = text_of(get("/cpt/99214/edits/", tab="denied-by", q="9", dos=AUG_1_2026))
    more = re.search(r"(\d+) more under <a [^>]*tab=denies", page)
    assert more is not None
    assert tabs_of(page)[0] == f"Denies 99214 · {more[1]}"


def test_a_row_names_the_denied_code_and_the_modifier_on_its_line(get: Get) -> None:
    page = text_of(get("/cpt/99214/edits/", tab="denies", q="20610", dos=AUG_1_2026))
    assert "99214 is denied when billed with these codes" in page
    row = " ".join(re.sub(r"<[^>]+>", "", page.split('<tbody id="edits-rows">')[1].split("</tr>")[0]).split())
    assert "25 on 99214 carries it" in row
    assert "Provider liability (CO): don't bill the patient." in page


def test_codes_that_are_billed_often_come_first_and_anesthesia_is_one_row_that_opens(get: Get) -> None:
    page = text_of(get("/cpt/45385/edits/", tab="denied-by", dos=AUG_1_2026))
    shown = others_of(page)
    assert shown[-1] == "00100-01999"
    assert len(shown) == 11
    assert "45380" in shown[:10]
    opened = others_of(text_of(get("/cpt/45385/edits/", tab="denied-by", q="00100-01999", dos=AUG_1_2026)))
    assert opened
    assert all("00100" <= code <= "01999" and code.isdigit() for code in opened)


@pytest.mark.parametrize("sort", ["relevance", "dollars", "code"])
@pytest.mark.parametrize("side", ["", "denies", "denied-by"])
def test_every_order_shows_every_edit_once(sample: None, sort: str, side: str) -> None:
    from codes.models import Release
    from codes.queries import bundling

    release, at = Release.objects.get(source="ptp_practitioner"), date(2026, 8, 1)
    schedule = Release.objects.get(name="RVU26C", source="pprrvu")
    fee_context = bundling.FeeContext(schedule, pricing.NATIONAL.gpci, "nonfacility")
    edit_filter = bundling.EditFilter(code="45385", at=at, side=side, sort=sort)
    shown, more = [], True
    while more:
        found, more = bundling.page(release, fee_context, edit_filter, size=7)
        shown += [row.keyset for row in found]
        edit_filter = replace(edit_filter, after=bundling.read_keyset(found[-1].keyset))
    tallies = bundling.tallies(release, edit_filter)
    assert len(set(shown)) == len(shown)
    assert len(shown) == sum(tally.in_force("") for key, tally in tallies.items() if side in ("", key))


@pytest.mark.parametrize("code", ["96523", "99213"])
@pytest.mark.parametrize("is_folded", [True, False])
def test_a_long_list_has_the_same_pages_though_it_begins_with_the_nearest_codes(
    sample: None, monkeypatch: pytest.MonkeyPatch, code: str, is_folded: bool
) -> None:
    from codes.models import Release
    from codes.queries import bundling_order

    release, at = Release.objects.get(source="ptp_practitioner"), date(2026, 8, 1)
    asked = bundling_order.EditFilter(code=code, at=at, side="denies", sort="relevance", is_folded=is_folded)
    whole = bundling_order.first_edits(release, None, asked, 2_000)
    assert {edit.relevance for edit in whole} > {0, 1, 5}
    monkeypatch.setattr(bundling_order, "LONG", 0)
    shown: list[bundling_order.SortedEdit] = []
    while found := bundling_order.first_edits(release, None, asked, 40):
        shown += found
        asked = replace(asked, after=found[-1])
    assert shown == whole


def test_the_first_page_of_a_long_list_reads_the_nearest_codes_alone(
    sample: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from codes.models import Release
    from codes.queries import bundling_order

    release, at = Release.objects.get(source="ptp_practitioner"), date(2026, 8, 1)
    asked = bundling_order.EditFilter(code="99213", at=at, side="denies", sort="relevance")
    monkeypatch.setattr(bundling_order, "LONG", 0)
    with CaptureQueriesContext(connection) as sent:
        near = bundling_order.first_edits(release, None, asked, 11)
    assert [edit.relevance for edit in near] == [0] * 11
    assert ["relevance = 0" in each["sql"] for each in sent if "ORDER BY relevance" in each["sql"]] == [True]


def test_an_old_link_to_the_next_page_still_leads_on_by_dollars(get: Get) -> None:
    page = text_of(get("/cpt/45385/edits/", group="1", after="100~99213~1", dos=AUG_1_2026))
    assert '<option value="dollars" selected>' in page
    assert '<option value="1" selected>' in page


def test_where_the_hospitals_edit_differs_the_row_says_so(get: Get) -> None:
    from codes.models import Release

    ours = Release.objects.get(source="ptp_practitioner")
    hospital = Release.objects.create(
        source="ptp_hospital",
        name="2024 Q3",
        effective_from=ours.effective_from,
        state="ready",
        row_count=1,
    )
    edit = PtpEdit.objects.get(release=ours, column_one="45385", column_two="45380")
    edit.pk, edit.release, edit.indicator = None, hospital, "0"
    edit.save()
    Version.bump("data")
    page = text_of(get("/cpt/45385/edits/", q="45380", dos=AUG_1_2026))
    assert "Hospital edit: can&#x27;t be bypassed." in page
    assert "No hospital edit." in text_of(
        get("/cpt/45385/edits/", tab="denied-by", q="45378", dos=AUG_1_2026)
    )


@pytest.mark.parametrize("typed", ["%", "_", "\\", "4_380", "' OR 1=1"])
def test_the_filter_takes_every_sign_as_itself(get: Get, typed: str) -> None:
    assert "No edit here fits the filter" in text_of(get("/cpt/45385/edits/", q=typed))


def test_every_edit_of_a_code_stands_in_one_group(sample: None) -> None:
    from codes.models import Release
    from codes.queries import bundling

    release = Release.objects.get(source="ptp_practitioner")
    edit_filter = bundling.EditFilter(code="45385", at=release.effective_from)
    edits = PtpEdit.objects.filter(release=release)
    whole = edits.filter(column_one="45385").count() + edits.filter(column_two="45385").count()
    assert sum(bundling.counts(release, edit_filter).values()) == whole


def test_placeholder_dates_are_not_shown_as_facts(get: Get) -> None:
    assert not PtpEdit.objects.filter(effective="1996-01-01").exists()
    assert "since Jan 1, 1996" not in text_of(get("/cpt/45385/edits/"))


def test_the_list_says_that_it_is_carried_forward(get: Get) -> None:
    page = text_of(get("/cpt/76376/edits/", dos=AUG_1_2026))
    assert "2024 Q3" in page
    assert "carried forward" in page


def test_without_an_edit_file_nothing_is_said_to_be_free_of_edits(get: Get) -> None:
    from codes.models import Release

    page = text_of(get("/cpt/76376/edits/", setting="hospital"))
    assert "<strong>not checked</strong>" in page
    assert not Release.objects.filter(source="ptp_hospital").exists()


@pytest.mark.parametrize("after", ["x", "1~2", "9~A~b", "~" * 50, "--5~A~1", f"1~A~{'9' * 30}"])
def test_a_damaged_link_to_a_page_is_explained(get: Get, after: str) -> None:
    assert "link to this page of the list is damaged" in text_of(
        get("/cpt/76376/edits/", status=400, after=after)
    )


def test_htmx_gets_the_panel_alone(sample: None, client: object) -> None:
    fragment = client.get("/cpt/76376/edits/", headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    assert fragment.content.decode().lstrip().startswith('<div id="edits"')
    assert "HX-Request" in fragment.headers["Vary"]


def test_an_add_on_code_names_its_primaries(get: Get) -> None:
    page = text_of(get("/cpt/99292/add-ons/"))
    assert "99292 is an add-on code" in page
    assert "99291" in page


def test_76376_is_no_add_on_code(get: Get) -> None:
    assert "76376 is not an add-on and has no add-ons." in text_of(get("/cpt/76376/add-ons/"))


def test_the_unit_limit_stands_on_the_code_page_in_words(get: Get) -> None:
    page = text_of(get("/cpt/76376/"))
    assert "At most 2 units" in page
    assert "counted per day across all lines (MAI 3)" in page


@pytest.mark.parametrize("codes", ["45385 45380", "45380 45385", "45385,45380", "45380+45385"])
def test_both_orders_of_input_find_the_edit(get: Get, codes: str) -> None:
    page = text_of(get("/ncci/", codes=codes, dos=AUG_1_2026))
    assert "45380 is denied with 45385" in page
    assert '<strong class="status denied">Denied</strong>' in page


def test_a_pair_without_an_edit_names_release_setting_and_date(get: Get) -> None:
    page = text_of(get("/ncci/", codes="99213 71046", dos="2024-08-01"))
    assert "No edit found" in page
    assert "practitioner release 2024 Q3" in page


def test_the_pair_checker_draws_a_matrix_of_three(get: Get) -> None:
    page = text_of(get("/ncci/", codes="76376 76377 74177"))
    assert '<table class="matrix">' in page


@pytest.mark.parametrize(("procedure", "is_denied"), [([], True), (["66984"], False)])
def test_the_pair_checker_sees_whose_a_visit_is(get: Get, procedure: list[str], is_denied: bool) -> None:
    """99213 is in column 2 of an edit with 00142, the anesthesia for 66984: the surgeon's visit, not denied by it."""
    codes = [*procedure, "00142-QZ", "99213"]
    said = "99213 is denied with 00142"
    pairs = get("/api/v1/edits", codes=",".join(codes)).json()["data"]["pairs"]
    assert (said in text_of(get("/ncci/", codes=" ".join(codes)))) == is_denied
    assert any(said in each["words"] for each in pairs) == is_denied


@pytest.mark.parametrize(
    ("codes", "says"),
    [("99213", "two to twenty-five"), ("99213 hello", "is not a code"), ("A " * 30, "is not a code")],
)
def test_wrong_codes_are_named(get: Get, codes: str, says: str) -> None:
    assert says in text_of(get("/ncci/", status=400, codes=codes))


def test_the_worked_claim_of_two_endoscopy_families(get: Get) -> None:
    """PRICING_RULES 2.3: 236.47 + 80.50 = 316.97 in place of service 22."""
    page = text_of(get("/claim/", lines="45385-59,45380-59,43248-59,43239-59", pos="22", dos=AUG_1_2026))
    assert "$316.97" in page


def test_as_billed_the_bundled_line_is_denied_and_takes_no_part_in_ranking(get: Get) -> None:
    page = text_of(get("/claim/", lines="76377,76376", dos=AUG_1_2026))
    row = page.split("<tbody>")[1].split("</tr>")[1]
    assert '<strong class="status denied">Denied</strong> <strong>Fix:</strong>' in row, "the fix comes first"
    assert "Line 2 (76376)" in row
    assert "CARC 236" in page


def test_a_paste_moves_on_to_a_short_address(sample: None, client: object) -> None:
    moved = client.post("/claim/", {"text": "76376-26 x1\n97110 gp 3\n20610 50 $150.00", "pos": "11"})  # type: ignore[attr-defined]
    assert moved.status_code == 302
    assert moved.headers["Location"] == "/claim/?lines=76376-26,97110-GPx3,20610-50@150.00&pos=11"
    assert client.get(moved.headers["Location"]).status_code == 200  # type: ignore[attr-defined]


def test_text_that_looks_like_a_patient_is_refused_and_not_repeated(sample: None, client: object) -> None:
    refused = client.post("/claim/", {"text": "99213 John SSN 123-45-6789"})  # type: ignore[attr-defined]
    assert refused.status_code == 400
    assert "123-45-6789" not in refused.content.decode()
    assert "Not read" in refused.content.decode()


def test_an_empty_or_wrong_paste_is_explained(sample: None, client: object) -> None:
    assert "There is no code" in client.post("/claim/", {"text": ""}).content.decode()  # type: ignore[attr-defined]
    wrong = client.post("/claim/", {"text": "hello world"})  # type: ignore[attr-defined]
    assert wrong.status_code == 400
    assert "hello world" in wrong.content.decode(), "what was typed is still in the box"


def test_the_lines_stay_in_the_box_where_something_else_is_wrong(get: Get) -> None:
    asked = {"lines": "45385,45380-59x2@150.00", "zip": "00000"}
    page = get("/claim/", status=400, **asked).content.decode()
    assert "45385\n45380-59 x2 $150.00</textarea>" in page
    assert "ZIP code: 00000 is not in the ZIP file" in page


def test_json_and_csv_of_a_claim_hold_the_same_amounts(get: Get) -> None:
    asked = {"lines": "99213-25,20610", "dos": AUG_1_2026}
    whole = get("/claim.json", **asked).json()
    rows = table_of(get("/claim.csv", **asked))
    assert [line["allowed"] for line in whole["lines"]] == [row["allowed"] for row in rows[:2]]


def test_the_claim_desk_asks_the_database_at_most_twelve_times(
    get: Get, django_assert_max_num_queries: Get
) -> None:
    get("/claim/")
    with django_assert_max_num_queries(13):
        get(
            "/claim/",
            lines="45385,45380,43248,43239,99213-25,80053,00811,70496",
            pos="22",
            zip="35203",
            dos=AUG_1_2026,
        )


def test_the_list_is_sorted_by_the_very_dollars_that_it_shows_where_the_imaging_cap_binds(get: Get) -> None:
    """An image whose office amount the cap halves stands among those of the lower amount, page after page."""
    from codes.models import FeeScheduleRow, Release
    from codes.queries import bundling, geography, releases

    at, release = date(2026, 8, 1), Release.objects.get(source="ptp_practitioner")
    schedule = Release.objects.get(name="RVU26C", source="pprrvu")
    edits = PtpEdit.objects.filter(release=release, column_one="45385", indicator="1")
    paid = edits.values_list("column_two", flat=True)
    rows = FeeScheduleRow.objects.filter(release=schedule, modifier="", status="A", code__in=paid)
    for row in rows.filter(nonfacility_na=False)[::2]:
        row.opps_nonfacility_pe, row.opps_facility_pe = row.nonfacility_pe_rvu / 2, row.facility_pe_rvu / 2
        row.opps_malpractice = row.malpractice_rvu
        row.save()
    there = next(place for place in geography.localities(releases.calendar(), at) if place.state == "CA")
    for gpci in (pricing.NATIONAL.gpci, there.gpci):
        fee_context = bundling.FeeContext(schedule, gpci, "nonfacility")
        edit_filter = bundling.EditFilter(code="45385", at=at, group="1")
        shown, more = [], True
        while more:
            found, more = bundling.page(release, fee_context, edit_filter, size=7)
            shown += found
            edit_filter = replace(edit_filter, after=bundling.read_keyset(found[-1].keyset))
        stakes = [row.at_stake if row.at_stake is not None else Decimal(-1) for row in shown]
        assert stakes == sorted(stakes, reverse=True)
        assert len({row.keyset for row in shown}) == len(shown) == bundling.counts(release, edit_filter)["1"]
