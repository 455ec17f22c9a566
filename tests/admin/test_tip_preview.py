"""The tip as its page will show it, beside its form, and published from there."""

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from codes.actions import tips as actions
from codes.models import Tip, TipState
from codes.rules import BY_NAME
from tests.admin.forms import form_fields
from tests.admin.test_tips import LIST, WORDS, fields_of, page_of, text_of
from tests.tips.drafts import draft

pytestmark = pytest.mark.usefixtures("sample")
BESIDE = f"{LIST}preview/"
RULE = BY_NAME["chiropractic-needs-at"]


def as_typed(client: Client, **words: str) -> str:
    return client.post(BESIDE, WORDS | words).content.decode()


def test_what_is_typed_is_shown_as_the_page_will_show_it_and_not_kept(as_editor: Client) -> None:
    held = Tip.objects.count()
    there = Tip.objects.filter(code="20610", state=TipState.PUBLISHED).order_by("order")
    page = as_typed(as_editor, code="20610", text="Name the joint.", impact="{allowed} is lost.", order="99")
    typed, others = page.split("On the page already")
    assert "Name the joint." in typed
    assert "Impact: $" in typed
    assert f"Number {len(there) + 1} of {len(there) + 1} tips; the page folds it." in typed
    assert unescape(others).count(there[0].text) == 1
    assert Tip.objects.count() == held


def test_a_change_stands_in_the_place_of_the_words_it_changes(as_editor: Client) -> None:
    tip = Tip.objects.filter(code="20610", state=TipState.PUBLISHED).order_by("order")[0]
    before = as_editor.get(BESIDE, {"tip": tip.pk}).content.decode()
    sent = fields_of(as_editor, page_of(tip)) | {"text": "Other words."}
    after = as_editor.post(BESIDE, sent).content.decode()
    assert before.count("<li") == after.count("<li")
    assert "Other words." in after
    tip.refresh_from_db()
    assert tip.text != "Other words."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"impact": "{alowed} is lost."}, "{alowed} is not a placeholder"),
        ({"code": "ZZZZZ"}, "ZZZZZ is in no list that is loaded."),
        ({"text": "It pays $25.38."}, "Can't be published as it stands"),
    ],
)
def test_what_is_wrong_with_the_words_is_told_beside_them(
    as_editor: Client, words: dict[str, str], told: str
) -> None:
    assert told in unescape(as_typed(as_editor, **words))


def test_a_new_tip_begins_with_a_claim_rule(as_editor: Client) -> None:
    page = text_of(as_editor, f"{LIST}add/", code="98941", rule=RULE.name)
    assert "They name 98941" in page
    fields = form_fields(page.split('id="tip_form"')[1])
    assert fields["text"].replace("\r\n", "\n") == f"{RULE.sentence} {RULE.fix}"
    assert (fields["source_title"], fields["code"]) == ("Benefit Policy Manual", "98941")
    beside = as_editor.post(BESIDE, fields).content.decode()
    assert f"The claim rule that says the same: {RULE.name}." in beside


def test_the_frame_is_for_the_form_alone(as_editor: Client, client: Client) -> None:
    beside = as_editor.get(BESIDE, {"code": "20610"})
    assert "frame-ancestors 'self'" in beside.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in beside.headers
    assert "frame-src 'self'" in as_editor.get(f"{LIST}add/").headers["Content-Security-Policy"]
    assert as_editor.get(LIST).headers["X-Frame-Options"] == "DENY"
    assert client.get(BESIDE).status_code == 302


def test_a_reviewer_publishes_on_the_page_where_they_look(
    as_reviewer: Client, as_editor: Client, editor: User
) -> None:
    tip = actions.submit(draft(editor, "Name the workstation."), editor)
    address = f"/cpt/76376/?preview={tip.pk}"
    assert "Publish</button>" not in text_of(as_editor, address)
    form = text_of(as_reviewer, address).split("Preview, seen by staff only")[1].split("</form>")[0]
    assert f'action="{page_of(tip)}"' in form
    answer = as_reviewer.post(page_of(tip), form_fields(form) | {"_publish": "page"})
    assert answer.headers["Location"] == "/cpt/76376/#tips"
    tip.refresh_from_db()
    assert tip.state == TipState.PUBLISHED
    assert "Name the workstation." in text_of(Client(), "/cpt/76376/")


def test_a_preview_is_not_folded_away(as_editor: Client, editor: User) -> None:
    tip = draft(editor, "Name the joint.", code="20610", order=99)
    assert '<details id="more-tips" open>' in text_of(as_editor, f"/cpt/20610/?preview={tip.pk}")
    assert '<details id="more-tips">' in text_of(as_editor, "/cpt/20610/")
