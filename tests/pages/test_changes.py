"""What releases changed, on the sample: RVU25D and RVU26C are loaded, and one release of bundling edits."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client

from codes.models import Release, ReleaseChange
from codes.models.change import ReleaseChangeKind
from codes.queries import changes, releases
from tests.pages.conftest import Get, table_of

SPACE = "{http://www.w3.org/2005/Atom}"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def october(sample: None) -> Release:
    """A quarter of edits after the sample's: 76376's edit flipped, 45385's new, and 150 more ended."""
    july = Release.objects.get(source="ptp_practitioner")
    made = Release.objects.create(
        source="ptp_practitioner",
        name="2024 Q4",
        effective_from="2024-10-01",
        state="ready",
        row_count=1,
        is_sample=True,
    )

    def change(kind: str, code: str, other: str, before: str = "", after: str = "") -> ReleaseChange:
        return ReleaseChange(
            release=made, former=july, kind=kind, code=code, other=other, before=before, after=after
        )

    ended = [change("edit_ended", f"1{n:04}", "96523", "1", "2024-09-30") for n in range(150)]
    ReleaseChange.objects.bulk_create(
        [
            change("edit_indicator", "76377", "76376", "0", "1"),
            change("edit_new", "45385", "45380", "", "0"),
            *ended,
        ]
    )
    calendar_moves()
    return made


def calendar_moves() -> None:
    from codes.models import Version

    Version.bump("data")


def test_the_overview_counts_what_each_release_changed(get: Get) -> None:
    page = text_of(get("/changes/"))
    counted = ReleaseChange.objects.filter(kind="work_rvu", release__name="RVU26C").count()
    assert counted > 100
    assert f"{counted} work RVUs changed" in page
    assert "conversion factor 32.3465 to 33.4009" in page


def test_a_source_with_one_release_says_that_there_is_none_before_it(get: Get) -> None:
    page = text_of(get("/changes/", source="ptp_practitioner"))
    assert "is the first release of this source that is loaded here" in page
    assert "Nothing changed" not in page


def test_a_source_that_is_not_loaded_was_not_compared(get: Get) -> None:
    page = text_of(get("/changes/", source="ptp_hospital"))
    assert "so nothing was compared" in page


def test_the_work_of_20610_fell_from_0_79_to_0_77(get: Get) -> None:
    """RVU25D has 0.79, RVU26C 0.77: the efficiency adjustment of 2.5 %."""
    page = text_of(get("/changes/", source="pprrvu", kind="work_rvu", code="20610"))
    assert "Work RVU 0.79 to 0.77" in page


def test_a_filter_by_code_finds_column_one_and_column_two(get: Get, october: Release) -> None:
    for code in ("45385", "45380"):
        page = text_of(get("/changes/", source="ptp_practitioner", code=code))
        assert "New: 45380 is denied with 45385; can&#x27;t be bypassed" in page


def test_pages_of_a_list_follow_each_other_without_gap_or_repetition(get: Get, october: Release) -> None:
    change_filter = changes.ChangeFilter(kind="edit_ended")
    first, more = changes.page(october, change_filter)
    again = changes.ChangeFilter(kind="edit_ended", after=changes.read_keyset(first[-1].keyset))
    second, further = changes.page(october, again)
    codes = [row.change.code for row in first + second]
    assert (more, further, codes) == (True, False, [f"1{n:04}" for n in range(150)])


def test_the_link_to_the_next_page_leads_to_it(get: Get, october: Release) -> None:
    first = text_of(get("/changes/", source="ptp_practitioner", kind="edit_ended"))
    assert "100 of 150" in first
    after = first.split("after=")[1].split('"')[0].replace("%7E", "~")
    second = text_of(get("/changes/", source="ptp_practitioner", kind="edit_ended", after=after))
    assert "50 of 150" in second
    assert "10149" in second


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"source": "weather"}, "is not one of the files here. Choose one below"),
        ({"source": "pprrvu", "after": "1~x"}, "link to this page of the list is damaged"),
        ({"source": "pprrvu", "code": "hello!"}, "is not a code"),
    ],
)
def test_a_wrong_address_is_explained(get: Get, parameters: dict[str, str], says: str) -> None:
    assert says in text_of(get("/changes/", status=400, **parameters))


def test_a_day_on_which_no_release_begins_is_not_found(get: Get) -> None:
    page = text_of(get("/changes/", status=404, source="pprrvu", since="2020-01-01"))
    assert "in force from Jan 1, 2020 is loaded here" in page


def test_a_code_that_a_release_did_not_touch_says_what_was_compared(get: Get) -> None:
    page = text_of(get("/changes/", source="pprrvu", code="99999"))
    assert "RVU26C changed nothing for 99999 since RVU25D: compared were codes, components, status" in page


def test_the_csv_holds_every_kind_and_its_words(get: Get, october: Release) -> None:
    rows = table_of(get("/changes.csv", source="ptp_practitioner"))
    assert len(rows) == 152
    flipped = next(row for row in rows if row["kind"] == "edit_indicator")
    assert flipped["in_words"] == ("76376 is denied with 76377: can be bypassed (indicator 1, before 0)")
    assert (flipped["release"], flipped["compared_with"]) == ("2024 Q4", "2024 Q3")


def test_a_release_with_nothing_before_it_has_no_csv(get: Get) -> None:
    get("/changes.csv", status=404, source="ptp_practitioner")


def test_a_code_tells_its_changes_by_release_latest_first(get: Get, october: Release) -> None:
    page = text_of(get("/cpt/76376/changes/"))
    assert "76376 is denied with 76377: can be bypassed (indicator 1, before 0)" in page
    assert page.index("RVU26C") < page.index("2024 Q4")


def test_a_code_with_many_changes_shows_a_hundred_and_links_to_all(get: Get, october: Release) -> None:
    page = text_of(get("/cpt/96523/changes/"))
    assert "All 150 changes of this release for 96523" in page
    assert page.count("Ended, last day Sep 30, 2024") <= changes.PAGE


def test_a_code_that_nothing_changed_names_the_comparisons(get: Get) -> None:
    page = text_of(get("/cpt/99999/changes/"))
    assert "None of the releases compared here changed 99999" in page
    assert "RVU26C against RVU25D" in page


def test_htmx_gets_the_section_alone(sample: None, client: object) -> None:
    fragment = client.get("/cpt/76376/changes/", headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    assert fragment.content.decode().lstrip().startswith('<div id="changes"')
    assert "HX-Request" in fragment.headers["Vary"]


def test_the_code_page_links_to_its_changes(get: Get) -> None:
    assert "/cpt/76376/changes/" in text_of(get("/cpt/76376/"))


def test_a_lower_case_code_moves_to_its_address(get: Get) -> None:
    moved = get("/hcpcs/g0105/changes/", status=301)
    assert moved.headers["Location"] == "/hcpcs/G0105/changes/"


def entries(get: Get, address: str, **parameters: str) -> list[dict[str, str]]:
    """The entries of a feed; the XML must be well formed and of Atom's name space."""
    response = get(address, **parameters)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{SPACE}feed"
    return [
        {child.tag.removeprefix(SPACE): child.text or "" for child in entry}
        for entry in feed.findall(f"{SPACE}entry")
    ]


def test_the_feed_has_an_entry_for_each_comparison(get: Get, october: Release) -> None:
    found = entries(get, "/changes.atom")
    by_title = {entry["title"]: entry["summary"] for entry in found}
    assert "Physician fee schedule relative values, RVU26C" in by_title
    edits = by_title["NCCI bundling edits, practitioner, 2024 Q4"]
    assert "1 edit added, 150 edits ended, 1 edit with another modifier indicator." in edits
    assert len({entry["id"] for entry in found}) == len(found) == len(by_title)


def test_a_feed_can_be_of_one_source(get: Get, october: Release) -> None:
    (entry,) = entries(get, "/changes.atom", source="ptp_practitioner")
    assert "2024 Q4" in entry["title"]
    get("/changes.atom", status=400, source="weather")


def test_the_feed_of_a_code_tells_its_changes_as_sentences(get: Get, october: Release) -> None:
    found = entries(get, "/cpt/76376/changes.atom")
    assert "76376 is denied with 76377: can be bypassed" in found[-1]["summary"]


def test_a_list_asks_the_database_six_times_and_a_code_seven_times(
    get: Get, october: Release, django_assert_max_num_queries: Get
) -> None:
    """The version of the data, counts for a code, rows, names of three tables; counts of whole releases are kept."""
    calendar = releases.calendar()
    for source in changes.SOURCES:
        changes.comparisons(calendar, source)
    with django_assert_max_num_queries(7):
        get("/changes/", source="ptp_practitioner", code="45385")
    with django_assert_max_num_queries(8):
        get("/cpt/76376/changes/")


@pytest.mark.parametrize("kind", ReleaseChangeKind)
def test_one_change_is_counted_in_the_singular(kind: ReleaseChangeKind) -> None:
    one = kind.counted(1)
    assert one.startswith("1 ")
    assert kind.counted(2) == f"2 {kind.label}"
    assert one != f"1 {kind.label}" or kind is ReleaseChangeKind.GLOBAL_DAYS


@pytest.mark.parametrize("address", ["/changes/", "/sources/"])
def test_forty_five_quarters_are_shown_in_pages(get: Get, client: Client, sample: None, address: str) -> None:
    newest = Release.objects.filter(source="pprrvu").latest("effective_from")
    for quarter in range(45):
        newest.pk, newest._state.adding = None, True
        newest.name, newest.effective_from = (
            f"OLD{quarter}",
            date(2012 - quarter // 4, quarter % 4 * 3 + 1, 1),
        )
        newest.save()
    calendar_moves()
    first, second = text_of(get(address)), text_of(get(f"{address}?page=2"))
    assert "RVU26C" in first
    assert "OLD44" not in first
    assert f'<a href="{address}?page=2" rel="next">Earlier releases</a>' in first
    assert f'<a href="{address}" rel="prev">Later releases</a>' in second
    assert len([name for name in range(45) if f"OLD{name}<" in second or f"OLD{name} " in second]) >= 8
    for wrong, status in (("99", 404), ("none", 400)):
        response = client.get(f"{address}?page={wrong}")
        assert response.status_code == status
        assert 'role="alert"' in text_of(response)
