"""One best name of a code on every page: ours, else CMS's public text, else the bare code."""

from datetime import date

import pytest
from django.test import Client

from codes.models import CodeText, HcpcsText
from codes.models.release import Release, ReleaseState, Source
from codes.queries import releases
from codes.queries.code import load_code
from codes.queries.names import names_of
from tests.conftest import clear_caches
from tests.pages.conftest import Get

AUG_1_2026 = date(2026, 8, 1)
PUBLIC = "Screening colonoscopy by the public file"


@pytest.fixture
def unnamed(sample: None) -> str:
    """G0121 without a name of ours: CMS's text is the best there is."""
    CodeText.objects.filter(pk="G0121").delete()
    release = releases.calendar().nearest(Source.HCPCS, AUG_1_2026)
    assert release is not None
    HcpcsText.objects.filter(release=release, code="G0121").delete()
    HcpcsText.objects.create(release=release, code="G0121", long_description=PUBLIC)
    return "G0121"


@pytest.mark.parametrize(
    "address",
    [
        "/hcpcs/G0121/?dos=2026-08-01",
        "/ncci/?codes=G0121%2045378%2045385&dos=2026-08-01",
        "/compare/?codes=G0121,99213&dos=2026-08-01",
        "/claim/?lines=G0121&dos=2026-08-01",
        "/cpt/45378/edits/?dos=2026-08-01&q=G0121",
    ],
)
def test_a_code_without_our_name_has_cmss_text(unnamed: str, client: Client, address: str) -> None:
    clear_caches()
    page = client.get(address).content.decode()
    if "G0121" in page.replace(address, ""):
        assert PUBLIC in page


def test_a_text_that_left_the_file_names_the_code_still_and_the_nearest_one_wins(sample: None) -> None:
    for day, text in ((date(2020, 1, 1), "Old"), (date(2021, 1, 1), "Newer"), (date(2032, 1, 1), "Later")):
        release = Release.objects.create(
            source=Source.HCPCS,
            name=f"HCPCS {day.year}",
            effective_from=day,
            state=ReleaseState.READY,
            sha256=text,
            row_count=1,
        )
        HcpcsText.objects.create(release=release, code="Q9998", long_description=text)
    clear_caches()
    releases._calendar.cache_clear()
    calendar = releases.calendar()
    for at, text in ((AUG_1_2026, "Newer"), (date(2020, 6, 1), "Old"), (date(2033, 1, 1), "Later")):
        assert names_of(calendar, {"Q9998"}, at) == {"Q9998": text}
        assert load_code(calendar, "Q9998", at).name == text
    releases._calendar.cache_clear()


def test_near_codes_and_the_pair_checker_never_show_less_than_the_page(unnamed: str, get: Get) -> None:
    page = get("/ncci/", codes="G0121 45385", dos="2026-08-01").content.decode()
    assert PUBLIC in page
