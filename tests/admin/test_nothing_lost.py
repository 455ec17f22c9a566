"""No click loses words or takes tips off the site unasked, and what is published is what the reviewer read."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from codes.actions import tips as actions
from codes.loaders.tips import load_tips
from codes.models import Tip, TipState
from tests.admin.conftest import member
from tests.admin.forms import form_fields
from tests.admin.test_tips import LIST, fields_of, in_bulk, page_of, text_of
from tests.tips.drafts import draft, published

pytestmark = pytest.mark.django_db


def states() -> set[str]:
    return set(Tip.objects.values_list("state", flat=True))


def ask(client: Client, action: str, tips: list[Tip]) -> str:
    chosen = [tip.pk for tip in tips]
    return client.post(LIST, {"action": action, "_selected_action": chosen}).content.decode()


@pytest.fixture
def on_the_page(editor: User, reviewer: User) -> list[Tip]:
    return [published(editor, reviewer, f"Tip {number}.") for number in range(3)]


@pytest.mark.parametrize(
    ("action", "heading"),
    [("retire", "Retire 3 tips?"), ("confirm", "Confirm 3 tips as still true?")],
)
def test_a_list_asks_with_the_count_and_the_words_before_anything_is_done(
    as_reviewer: Client, on_the_page: list[Tip], action: str, heading: str
) -> None:
    before = list(Tip.objects.values())
    page = ask(as_reviewer, action, on_the_page)
    assert heading in page
    assert all(f"Tip {number}." in page for number in range(3))
    assert list(Tip.objects.values()) == before


def test_retiring_wants_a_reason_and_keeps_it_with_who_did_it(
    as_reviewer: Client, reviewer: User, on_the_page: list[Tip]
) -> None:
    keys = [tip.pk for tip in on_the_page]
    again = in_bulk(as_reviewer, "retire", keys)
    assert "Give a reason" in again
    assert states() == {TipState.PUBLISHED}
    fields = form_fields(again) | {"why": "Wrong since October"}
    told = as_reviewer.post(LIST, fields, follow=True).content.decode()
    assert "3 tips retired." in told
    assert "Restore as published" in told
    assert states() == {TipState.RETIRED}
    newest = on_the_page[0].history.latest("history_id")
    assert (newest.history_user, newest.history_change_reason) == (reviewer, "Wrong since October")
    assert "Wrong since October" in text_of(as_reviewer, f"{LIST}{keys[0]}/history/")


def test_retired_tips_come_back_as_they_were_published(as_reviewer: Client, on_the_page: list[Tip]) -> None:
    before = list(Tip.objects.order_by("pk").values())
    keys = [tip.pk for tip in on_the_page]
    in_bulk(as_reviewer, "retire", keys, why="A slip")
    assert "3 tips back on the page." in in_bulk(as_reviewer, "restore", keys)
    assert list(Tip.objects.order_by("pk").values()) == before


def test_one_published_tip_is_retired_only_after_it_was_asked(
    as_reviewer: Client, on_the_page: list[Tip]
) -> None:
    address = page_of(on_the_page[0])
    page = as_reviewer.post(address, fields_of(as_reviewer, address) | {"_retire": "Retire"})
    assert "Retire 1 tip?" in page.content.decode()
    assert states() == {TipState.PUBLISHED}
    as_reviewer.post(LIST, form_fields(page.content.decode()) | {"why": "Old"})
    assert Tip.objects.get(pk=on_the_page[0].pk).state == TipState.RETIRED
    assert 'name="_restore"' in text_of(as_reviewer, address)


def test_what_nobody_reviewed_is_not_restored(as_reviewer: Client, editor: User) -> None:
    tip = actions.retire(draft(editor), editor)
    assert "Nobody has reviewed it" in in_bulk(as_reviewer, "restore", [tip.pk])
    assert states() == {TipState.RETIRED}


def test_an_editor_neither_retires_nor_restores(as_editor: Client, on_the_page: list[Tip]) -> None:
    for action in ("retire", "restore"):
        fields = {"action": action, "_selected_action": [on_the_page[0].pk], "why": "x"}
        as_editor.post(LIST, fields | {"shown": f"{on_the_page[0].pk}:"})
    assert states() == {TipState.PUBLISHED}


def test_all_tips_of_the_project_go_and_come_back_in_a_few_queries(
    as_reviewer: Client, tips_of_the_project: None
) -> None:
    count = Tip.objects.count()
    whole = list(Tip.objects.order_by("pk").values())
    fields = {
        "action": "retire",
        "select_across": "1",
        "_selected_action": [Tip.objects.values_list("pk")[0][0]],
    }
    page = as_reviewer.post(LIST, fields).content.decode()
    assert f"Retire {count:,} tips?" in page
    with CaptureQueriesContext(connection) as retiring:
        as_reviewer.post(LIST, form_fields(page) | {"why": "All of them"})
    assert states() == {TipState.RETIRED}
    assert len(retiring) <= 10 + count // 20, "batches, and not one a tip"
    assert Tip.history.filter(history_change_reason="All of them").count() == count
    told = in_bulk(as_reviewer, "restore", list(Tip.objects.values_list("pk", flat=True)[:300]))
    assert "300 tips back on the page." in told
    restored = Tip.objects.filter(state=TipState.PUBLISHED)
    assert all(row in whole for row in restored.values())


@pytest.fixture
def tips_of_the_project(db: None) -> None:
    load_tips(settings.BASE_DIR / "fixtures" / "texts")


def test_a_step_pressed_over_unsaved_words_keeps_them_and_takes_no_step(
    as_editor: Client, editor: User
) -> None:
    tip = draft(editor, "First words.")
    sent = fields_of(as_editor, page_of(tip)) | {"text": "Words of an hour.", "_submit": "Ask for a review"}
    page = as_editor.post(page_of(tip), sent).content.decode()
    assert "You changed the words and have not saved them." in page
    assert "Words of an hour." in page
    held = Tip.objects.get()
    assert (held.text, held.state) == ("First words.", TipState.DRAFT)


@pytest.mark.parametrize("step", ["_publish", "_send_back", "_retire"])
def test_no_step_of_a_reviewer_throws_edits_away(as_reviewer: Client, editor: User, step: str) -> None:
    tip = actions.submit(draft(editor), editor)
    sent = fields_of(as_reviewer, page_of(tip)) | {"impact": "{allowed} is lost.", step: "x"}
    page = as_reviewer.post(page_of(tip), sent).content.decode()
    assert "{allowed} is lost." in page
    assert Tip.objects.get().state == TipState.IN_REVIEW


def test_words_of_several_lines_are_not_taken_for_edits(as_reviewer: Client, editor: User) -> None:
    tip = actions.submit(draft(editor, "First line.\nSecond line."), editor)
    sent = fields_of(as_reviewer, page_of(tip)) | {"_publish": "Publish"}
    as_reviewer.post(page_of(tip), sent)
    assert Tip.objects.get().state == TipState.PUBLISHED


def changed(tip: Tip, by: User) -> None:
    tip.text = "Bill everything twice."
    actions.submit(actions.write(tip, by), by)


def test_words_that_the_reviewer_did_not_see_are_not_published(as_reviewer: Client, editor: User) -> None:
    tip = actions.submit(draft(editor, "Harmless words."), editor)
    sent = fields_of(as_reviewer, page_of(tip)) | {"_publish": "Publish"}
    changed(tip, editor)
    page = as_reviewer.post(page_of(tip), sent, follow=True).content.decode()
    assert "Its words were changed after you opened the page." in page
    assert "<del>Harmless words.</del> <ins>Bill everything twice.</ins>" in page
    assert Tip.objects.get().state == TipState.IN_REVIEW


def test_a_publication_without_a_mark_of_the_words_is_refused(as_reviewer: Client, editor: User) -> None:
    tip = actions.submit(draft(editor), editor)
    as_reviewer.post(page_of(tip), {"_publish": "1"})
    assert Tip.objects.get().state == TipState.IN_REVIEW


@pytest.mark.parametrize("action", ["publish"])
def test_a_list_publishes_the_words_that_it_showed_and_no_others(
    as_reviewer: Client, editor: User, action: str
) -> None:
    same, other = (actions.submit(draft(editor, text), editor) for text in ("Same words.", "First words."))
    page = ask(as_reviewer, action, [same, other])
    changed(other, editor)
    told = as_reviewer.post(LIST, form_fields(page), follow=True).content.decode()
    assert "1 tip published." in told
    assert "Its words were changed after you opened the page." in told
    assert Tip.objects.get(pk=other.pk).state == TipState.IN_REVIEW


WRONG = [
    ({"text": "The old claim paid $24.91."}, "is typed"),
    ({"impact": "$24.91 is lost."}, "is typed"),
    (
        {"source_title": "", "impact": "Reduces denials by 60-70% and supports full {allowed} pay."},
        "has no source",
    ),
    ({"source_title": "", "text": "60-70 % fail.", "impact": "{allowed} is lost."}, "has no source"),
    ({"source_title": "", "impact": "It is the primary reason for recoupment."}, "It needs a source"),
]


@pytest.mark.parametrize(("words", "reason"), WRONG)
def test_what_contradicts_is_told_on_saving_and_preview_and_is_not_published(
    as_editor: Client, as_reviewer: Client, editor: User, words: dict[str, str], reason: str
) -> None:
    tip = draft(editor, **words)
    fields = fields_of(as_editor, page_of(tip))
    saved = as_editor.post(page_of(tip), fields | {"_save": "1"}, follow=True).content.decode()
    assert "It cannot be published as it stands: " in saved
    assert reason in saved
    actions.submit(Tip.objects.get(), editor)
    sent = fields_of(as_reviewer, page_of(tip)) | {"_publish": "Publish"}
    assert reason in as_reviewer.post(page_of(tip), sent, follow=True).content.decode()
    assert reason in in_bulk(as_reviewer, "publish", [tip.pk])
    assert Tip.objects.get().state == TipState.IN_REVIEW


def test_a_published_tip_that_contradicts_is_neither_confirmed_nor_brought_back(
    as_reviewer: Client, on_the_page: list[Tip]
) -> None:
    Tip.objects.filter(pk=on_the_page[0].pk).update(impact="$24.91 is lost.")
    assert "is typed" in in_bulk(as_reviewer, "confirm", [on_the_page[0].pk])
    in_bulk(as_reviewer, "retire", [on_the_page[0].pk], why="Typed")
    assert "is typed" in in_bulk(as_reviewer, "restore", [on_the_page[0].pk])
    assert Tip.objects.get(pk=on_the_page[0].pk).state == TipState.RETIRED


@pytest.mark.parametrize("waits", [False, True])
def test_an_author_is_told_who_publishes(as_reviewer: Client, reviewer: User, waits: bool) -> None:
    member("another", "reviewer")
    tip = draft(reviewer)
    if waits:
        actions.submit(tip, reviewer)
    assert "You wrote it: another reviewer publishes it." in text_of(as_reviewer, page_of(tip))
