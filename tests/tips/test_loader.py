"""The project's tips: loaded once, brought up to date, and never over what staff has done."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from codes.actions import tips
from codes.loaders.errors import LoadRefused
from codes.loaders.tips import load_tips
from codes.models import Tip, TipState, Version
from tests.tips.drafts import TODAY

pytestmark = pytest.mark.django_db

TITLES = "code,order,text,impact,payer,source_title,source_section,source_link,reviewed_on,review_again_by\n"
DAYS = "2026-11-23,2027-11-23"
ONE = f"76376,1,Report it with the base study.,{{allowed}} is its own.,all payers,CPT code set,Radiology,,{DAYS}\n"
TWO = f"76376,2,Count studies.,,Medicare,CPT code set,Radiology,https://www.cms.gov/,{DAYS}\n"


def file(folder: Path, *lines: str) -> Path:
    (folder / "tips_radiology.csv").write_text(TITLES + "".join(lines), encoding="utf-8")
    return folder


def version() -> int | None:
    return Version.objects.filter(name="tips").values_list("number", flat=True).first()


def test_tips_are_loaded_as_published_and_reviewed_tips_of_the_project(tmp_path: Path) -> None:
    assert load_tips(file(tmp_path, ONE, TWO)) == 2
    tip = Tip.objects.get(key="76376:1")
    assert (tip.state, tip.author_name, tip.from_project) == (TipState.PUBLISHED, "MedPayIQ", True)
    assert (tip.reviewed_on, tip.review_again_by) == (date(2026, 11, 23), date(2027, 11, 23))
    assert tip.impact == "{allowed} is its own."
    assert tip.history.count() == 1


def test_the_same_tips_twice_change_nothing(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE, TWO))
    before = list(Tip.objects.values()), version()
    load_tips(tmp_path)
    assert (list(Tip.objects.values()), version()) == before


def test_a_tip_that_the_project_changed_is_changed(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE))
    load_tips(file(tmp_path, ONE.replace("base study", "base CT")))
    assert Tip.objects.get().text == "Report it with the base CT."
    assert version() == 2


def test_changed_words_carry_the_day_on_which_they_were_reviewed(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE))
    load_tips(file(tmp_path, ONE.replace("base study", "base CT").replace(DAYS, "2027-03-01,2028-03-01")))
    tip = Tip.objects.get()
    assert (tip.reviewed_on, tip.review_again_by) == (date(2027, 3, 1), date(2028, 3, 1))


def test_a_tip_that_was_read_again_has_its_new_day(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE))
    load_tips(file(tmp_path, ONE.replace(DAYS, "2027-03-01,2028-03-01")))
    assert Tip.objects.get().reviewed_on == date(2027, 3, 1)


def test_what_staff_has_read_again_since_stays_as_read(tmp_path: Path, reviewer: User) -> None:
    load_tips(file(tmp_path, ONE))
    tips.confirm(Tip.objects.get(), reviewer, date(2027, 2, 1))
    load_tips(tmp_path)
    tip = Tip.objects.get()
    assert (tip.reviewed_on, tip.reviewer) == (date(2027, 2, 1), reviewer)
    load_tips(file(tmp_path, ONE.replace("base study", "base CT").replace(DAYS, "2027-03-01,2028-03-01")))
    tip = Tip.objects.get()
    assert (tip.reviewed_on, tip.reviewer) == (date(2027, 3, 1), None)


def test_a_tip_that_has_gone_from_the_file_is_retired(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE, TWO))
    load_tips(file(tmp_path, ONE))
    assert Tip.objects.get(key="76376:2").state == TipState.RETIRED


def test_what_staff_changed_is_never_overwritten(tmp_path: Path, author: User, reviewer: User) -> None:
    load_tips(file(tmp_path, ONE))
    tip = Tip.objects.get()
    tip.text = "Words of staff."
    tips.publish(tips.submit(tips.write(tip, author), author), reviewer, TODAY)
    load_tips(file(tmp_path, ONE.replace("base study", "base CT")))
    held = Tip.objects.get()
    assert (held.text, held.author_name, held.reviewer_name) == (
        "Words of staff.",
        "Ann Writer",
        "Bob Reader",
    )


def test_what_staff_is_changing_waits(tmp_path: Path, author: User) -> None:
    load_tips(file(tmp_path, ONE))
    tips.write(Tip.objects.get(), author)
    load_tips(file(tmp_path, ONE.replace("base study", "base CT")))
    assert Tip.objects.get(key="76376:1").text == "Report it with the base study."


def test_what_staff_retired_stays_retired(tmp_path: Path, reviewer: User) -> None:
    load_tips(file(tmp_path, ONE))
    tips.retire(Tip.objects.get(), reviewer)
    load_tips(tmp_path)
    assert Tip.objects.get().state == TipState.RETIRED


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (ONE + ONE, "tips_radiology.csv line 3: 76376:1 is in tips_radiology.csv line 2 already"),
        (ONE.replace("76376", "7637"), 'line 2, code: "7637" is not five characters of a code'),
        (ONE.replace(",1,", ",first,"), 'line 2, order: "first" is not a number'),
        (ONE.replace("{allowed}", "{alowed}"), "line 2, impact: {alowed} is not a placeholder"),
        (ONE.replace("all payers", "everybody"), "line 2: payer"),
        (ONE.replace("CPT code set", "").replace("{allowed}", "It"), "needs a source, or an impact"),
        (TWO.replace("https://www.cms.gov/", "cms.gov page"), "line 2: source_link"),
        (ONE.replace("{allowed}", "$24.91"), 'line 2: "$24.91" is typed'),
        (ONE.replace("base study", "old $24.91"), 'line 2: "$24.91" is typed'),
        (
            ONE.replace("CPT code set", "").replace("is its own", "saves 60-70 %"),
            'line 2: "60-70 %" has no source',
        ),
        (ONE.replace("2026-11-23", "Nov 23"), 'line 2, reviewed_on: "Nov 23" is not a day'),
        (ONE.replace("2027-11-23", ""), 'line 2, review_again_by: "" is not a day'),
        (ONE.replace("2027-11-23", "2026-11-23"), "review_again_by: it must be after reviewed_on"),
        (
            "76376,1,Report it, with the base study.,,Medicare,CPT code set,Radiology,,,,,\n",
            "has not 10 cells",
        ),
        ("76376,1,Too short\n", "has not 10 cells"),
    ],
)
def test_a_broken_file_is_refused_with_its_place_and_changes_nothing(
    tmp_path: Path, lines: str, reason: str
) -> None:
    with pytest.raises(LoadRefused) as refusal:
        load_tips(file(tmp_path, lines))
    assert reason in str(refusal.value)
    assert not Tip.objects.exists()


def test_the_tables_of_all_sections_are_loaded_together(tmp_path: Path) -> None:
    load_tips(file(tmp_path, ONE))
    (tmp_path / "tips_visits.csv").write_text(TITLES + TWO, encoding="utf-8")
    assert load_tips(tmp_path) == 2


def test_a_tip_in_two_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tips_visits.csv").write_text(TITLES + ONE, encoding="utf-8")
    with pytest.raises(
        LoadRefused, match=r"tips_visits\.csv line 2: 76376:1 is in tips_radiology\.csv line 2 already"
    ):
        load_tips(file(tmp_path, ONE))


def test_a_folder_without_tips_and_wrong_columns_are_told(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match=r"holds no tips: tips_\*\.csv"):
        load_tips(tmp_path)
    (tmp_path / "tips_visits.csv").write_text("code,text\n")
    with pytest.raises(LoadRefused, match="the columns must be"):
        load_tips(tmp_path)
