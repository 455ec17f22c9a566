"""Our own names of codes: what is taken, and what is refused with its place."""

from pathlib import Path

import pytest

from codes.loaders.errors import LoadRefused
from codes.loaders.texts import load_texts
from codes.models import CodeText, Version

pytestmark = pytest.mark.django_db

TITLES = "code,band,plain_name,summary,words\n"
VISIT = '99213,1,Office visit,"A visit, known patient",visit;checkup\n'


def folder(path: Path, text: str, name: str = "names_medicine.csv") -> Path:
    (path / name).write_text(text, encoding="utf-8")
    return path


def test_a_name_is_taken_with_its_summary_words_and_band(tmp_path: Path) -> None:
    assert load_texts(folder(tmp_path, TITLES + VISIT)) == 1
    assert CodeText.objects.values_list("code", "band", "plain_name", "summary", "words").get() == (
        "99213",
        1,
        "Office visit",
        "A visit, known patient",
        "visit;checkup",
    )


def test_names_of_several_files_are_one_table(tmp_path: Path) -> None:
    folder(tmp_path, TITLES + VISIT)
    folder(tmp_path, TITLES + "11042,2,Wound cleaning,,\n", "names_surgery.csv")
    assert load_texts(tmp_path) == 2


def test_a_name_that_has_gone_from_the_files_is_gone(tmp_path: Path) -> None:
    load_texts(folder(tmp_path, TITLES + VISIT + "11042,2,Wound cleaning,,\n"))
    load_texts(folder(tmp_path, TITLES + VISIT))
    assert CodeText.objects.get().code == "99213"


def test_the_same_names_twice_change_nothing(tmp_path: Path) -> None:
    load_texts(folder(tmp_path, TITLES + VISIT))
    before = Version.objects.get(name="data").number
    load_texts(tmp_path)
    assert Version.objects.get(name="data").number == before


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    assert load_texts(folder(tmp_path, "\ufeff" + TITLES + VISIT)) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "code,name\n",
            "names_medicine.csv line 1: the columns must be code, band, plain_name, summary, words",
        ),
        ("", "names_medicine.csv line 1: the columns must be"),
        (TITLES + "9921,1,Visit,,\n", 'line 2, code: "9921" is not five characters of a code'),
        (TITLES + VISIT + VISIT, "line 3, code: 99213 is in names_medicine.csv line 2 already"),
        (TITLES + "99213,6,Visit,,\n", 'line 2, band: "6" is not 1 to 5'),
        (TITLES + "99213,12,Visit,,\n", 'line 2, band: "12" is not 1 to 5'),
        (TITLES + "99213,,Visit,,\n", 'line 2, band: "" is not 1 to 5'),
        (TITLES + "99213,1,,,\n", "line 2, plain_name: 1 to 100 characters are expected"),
        (TITLES + f"99213,1,{'x' * 101},,\n", "line 2, plain_name: 1 to 100 characters are expected"),
        (TITLES + "99213,1,Visit\n", "line 2: has 3 cells, not 5"),
        (TITLES + "99213,1,Visit,A visit, known patient,\n", "line 2: has 6 cells, not 5"),
        (TITLES + '99213,1,"Visit,,\n', "names_medicine.csv is not a csv in UTF-8"),
        (TITLES, "holds no names"),
    ],
)
def test_a_broken_file_is_refused_with_its_place_and_changes_nothing(
    tmp_path: Path, text: str, reason: str
) -> None:
    CodeText.objects.create(code="11042", plain_name="Wound cleaning")
    with pytest.raises(LoadRefused) as refusal:
        load_texts(folder(tmp_path, text))
    assert reason in str(refusal.value)
    assert CodeText.objects.get().code == "11042"


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names_medicine.csv").write_bytes((TITLES + "99213,1,Visit – again,,\n").encode("cp1252"))
    with pytest.raises(LoadRefused, match=r"names_medicine\.csv is not a csv in UTF-8"):
        load_texts(tmp_path)


def test_a_folder_without_names_is_refused(tmp_path: Path) -> None:
    CodeText.objects.create(code="11042", plain_name="Wound cleaning")
    with pytest.raises(LoadRefused, match="holds no names"):
        load_texts(tmp_path / "nowhere")
    assert CodeText.objects.exists()
