"""What Medicare denied of a code, from a yearly summary made up in CMS's layout."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from codes.cms.psps import TITLES
from codes.models import Release
from codes.models.release import Source
from codes.queries import lexicon, ncci_tables, releases
from codes.queries.billed_often import billed_often
from codes.queries.bundling_order import EditFilter, first_edits
from codes.queries.volume_bands import NOT_RANKED, bands_of
from codes.queries.volumes import volumes_of
from tests.cms.test_psps import billed
from tests.pages.conftest import Get

pytestmark = pytest.mark.django_db


def load(folder: Path, year: int, *rows: str) -> None:
    file = folder / f"PSPS_{year}.csv"
    file.write_text("\r\n".join([",".join(TITLES), *rows, ""]), newline="")
    call_command("load_cms", str(file))


def test_a_year_is_loaded_dated_by_its_name_and_summed_again_for_the_code(tmp_path: Path) -> None:
    load(tmp_path, 2023, billed("200", "20"))
    load(
        tmp_path,
        2024,
        billed("300", "30"),
        billed("100", "50", modifier="25"),
        billed("100", "5", place="22"),
    )
    assert Release.objects.get(name="PSPS 2024-01").effective_from == date(2024, 1, 1)
    found = volumes_of(releases.calendar(), "99213")
    assert found is not None
    assert (found.total.submitted, found.total.denied, found.total.of_hundred) == (400, 80, 20)
    assert [(each.heading, each.of_hundred) for each in found.by_modifier] == [
        ("no modifier", 10),
        ("25", 50),
    ]
    assert [(each.heading, each.of_hundred) for each in found.by_year] == [("2024", 20), ("2023", 10)]


def test_the_code_page_shows_it_and_says_nothing_without_it(get: Get, tmp_path: Path) -> None:
    assert "What Medicare denied" not in get("/cpt/99213/", dos="2026-08-01").content.decode()
    load(tmp_path, 2024, billed("300", "30"))
    page = get("/cpt/99213/", dos="2026-08-01").content.decode()
    assert "Of 100 services of" in page
    assert "<strong>10</strong> (300 billed)" in page
    assert Release.objects.filter(source=Source.PSPS).count() == 1


def test_volumes_order_search_edits_and_the_codes_of_the_front_page(get: Get, tmp_path: Path) -> None:
    """A code that our names do not rank among the first, billed most in the year that is loaded."""
    assert bands_of(releases.calendar()) == {}
    before = first_edits_of("45385")
    (far,) = before[-1:]
    load(tmp_path, 2024, billed("9000", "900", code=far), billed("300", "30"))
    assert bands_of(releases.calendar()) == {far: 1, "99213": 1}
    assert first_edits_of("45385")[0] == far
    assert lexicon.lexicon(releases.calendar()).documents[far].band == 1
    assert lexicon.lexicon(releases.calendar()).documents["99214"].band == NOT_RANKED
    assert {text.code for _, texts in billed_often() for text in texts} == {far, "99213"}


def test_as_many_codes_are_in_each_band_as_our_names_have(sample: None, tmp_path: Path) -> None:
    load(
        tmp_path,
        2024,
        *(billed(f"{9000 - number}", "20", code=f"{10000 + number}") for number in range(1001)),
    )
    bands = bands_of(releases.calendar())
    assert (bands["10099"], bands["10100"], bands["10999"], bands["11000"]) == (1, 2, 2, 3)


def first_edits_of(code: str) -> list[str]:
    """The other codes of the first edits by relevance."""
    edits = ncci_tables.ptp_release(releases.calendar(), "practitioner", date(2026, 8, 1))
    assert edits is not None
    asked = EditFilter(code=code, at=date(2026, 8, 1), sort="relevance", is_folded=True)
    return [edit.other for edit in first_edits(edits, None, asked, 60)]
