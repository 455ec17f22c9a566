"""The data that come with the project."""

import hashlib
import io
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from codes.models import CodeText, FeeScheduleRow, Gpci, Release, Version, ZipLocality
from codes.models.release import Source
from tests import builders
from tests.builders import rvu

pytestmark = pytest.mark.django_db


def load_sample() -> str:
    out = io.StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue()


def test_the_sample_is_loaded_with_less_than_twenty_seconds_of_work() -> None:
    """Of processor time: what else the machine does meanwhile is not counted."""
    began = time.process_time()
    assert load_sample().startswith("The sample is in place: ")
    assert time.process_time() - began < 20


def test_the_sample_has_600_named_codes_109_localities_and_300_zips_in_both_years() -> None:
    load_sample()
    for at in (date(2025, 11, 3), date(2026, 8, 1)):
        values = Release.objects.all().in_force(Source.PPRRVU, at)
        indices = Release.objects.all().in_force(Source.GPCI, at)
        assert values is not None
        assert values.is_sample
        rows = FeeScheduleRow.objects.filter(release=values, modifier="")
        assert rows.filter(code__in=CodeText.objects.values("code")).count() >= 600
        assert Gpci.objects.filter(release=indices).count() == 109
    assert ZipLocality.objects.count() >= 300


def test_the_sample_holds_no_description_of_a_cpt_or_d_code() -> None:
    load_sample()
    described = FeeScheduleRow.objects.exclude(description="").values_list("code", flat=True)
    assert [
        code for code in described if not code[0].isalpha() or code[0] == "D" or not code[4].isdigit()
    ] == []


def test_the_sample_twice_changes_nothing() -> None:
    load_sample()
    before = list(Release.objects.values()), Version.objects.get(name="data").number
    assert "(0 newly loaded)" in load_sample()
    assert (list(Release.objects.values()), Version.objects.get(name="data").number) == before


def test_the_sample_never_replaces_a_full_release(tmp_path: Path) -> None:
    path = builders.rvu_zip(tmp_path, [rvu("99213"), rvu("99499")])
    call_command("load_cms", str(path), stdout=io.StringIO())
    load_sample()
    held = Release.objects.all().in_force(Source.PPRRVU, date(2026, 8, 1))
    assert held is not None
    assert (held.is_sample, held.row_count) == (False, 2)


def test_a_full_release_replaces_the_sample_for_its_day(tmp_path: Path) -> None:
    load_sample()
    path = builders.rvu_zip(tmp_path, [rvu("99213"), rvu("99499")])
    call_command("load_cms", str(path), stdout=io.StringIO())
    held = Release.objects.all().in_force(Source.PPRRVU, date(2026, 8, 1))
    assert held is not None
    assert (held.is_sample, held.row_count) == (False, 2)


def test_the_same_bytes_as_the_samples_become_a_full_release(settings: Settings) -> None:
    load_sample()
    call_command("load_cms", str(settings.BASE_DIR / "fixtures/cms/rvu26c"), stdout=io.StringIO())
    held = Release.objects.ready().in_force(Source.GPCI, date(2026, 8, 1))
    assert held is not None
    assert held.is_sample is False
    load_sample()
    assert Release.objects.ready().in_force(Source.GPCI, date(2026, 8, 1)) == held


@pytest.mark.full_size
def test_no_file_of_cms_is_part_of_the_project(settings: Settings, cms_files: Path) -> None:
    published = {hashlib.sha256(member.read()).digest() for member in _published(cms_files)}
    ours = [path for path in (settings.BASE_DIR / "fixtures").rglob("*") if path.is_file()]
    assert len(published) > 30
    assert [path.name for path in ours if hashlib.sha256(path.read_bytes()).digest() in published] == []


def _published(folder: Path) -> Iterator[IO[bytes]]:
    for path in folder.rglob("*"):
        if (
            path.suffix == ".zip" and "ptp-edits" not in path.name
        ):  # the edits take minutes and are not in the sample
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    with archive.open(name) as stream:
                        yield stream
        elif path.is_file() and path.suffix != ".zip":
            with path.open("rb") as stream:
                yield stream


def test_a_missing_sample_is_told_in_words(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="holds no names"):
        load_sample()
