"""Tips in the admin: an editor writes, a reviewer publishes, and nobody does both."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from codes.actions import tips as actions
from codes.models import Tip, TipState
from tests.admin.forms import form_fields
from tests.tips.drafts import draft, published

pytestmark = pytest.mark.django_db
LIST = "/admin/codes/tip/"
WORDS = {
    "code": "76376",
    "family": "",
    "first_code": "",
    "last_code": "",
    "order": "1",
    "text": "Count studies.",
    "impact": "{allowed} is lost.",
    "payer": "Medicare",
    "source_title": "CPT code set",
    "source_section": "",
    "source_link": "",
}


def page_of(tip: Tip) -> str:
    return f"{LIST}{tip.pk}/change/"


def fields_of(client: Client, address: str) -> dict[str, str]:
    """What the form of a page sends, without its buttons."""
    return form_fields(text_of(client, address))


def in_bulk(client: Client, action: str, keys: list[int], **answers: str) -> str:
    """The page after a step was asked about and answered as it stood."""
    asked = client.post(LIST, {"action": action, "_selected_action": keys}).content.decode()
    return client.post(LIST, form_fields(asked) | answers, follow=True).content.decode()


def text_of(client: Client, address: str, **parameters: str) -> str:
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.content.decode()


def test_an_editor_writes_a_draft(as_editor: Client, editor: User) -> None:
    response = as_editor.post(f"{LIST}add/", WORDS | {"_save": "1"})
    tip = Tip.objects.get()
    assert response.headers["Location"] == page_of(tip)
    assert (tip.state, tip.author, tip.text) == (TipState.DRAFT, editor, "Count studies.")


def test_a_wrong_placeholder_is_refused_with_the_list_of_right_ones(as_editor: Client) -> None:
    response = as_editor.post(f"{LIST}add/", WORDS | {"impact": "{alowed} is lost."})
    assert (
        "{alowed} is not a placeholder. The right ones: {allowed}, {allowed_facility}"
        in response.content.decode()
    )
    assert not Tip.objects.exists()


@pytest.mark.parametrize("wrong", [{"code": ""}, {"last_code": "76377"}, {"first_code": "76378", "code": ""}])
def test_an_unclear_subject_is_told_in_the_form(as_editor: Client, wrong: dict[str, str]) -> None:
    response = as_editor.post(f"{LIST}add/", WORDS | wrong)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Tip.objects.exists()


def test_save_and_preview_leads_to_the_code_page(as_editor: Client) -> None:
    response = as_editor.post(f"{LIST}add/", WORDS | {"_preview": "1"})
    assert response.headers["Location"] == f"/cpt/76376/?preview={Tip.objects.get().pk}#tips"


def test_an_editor_cannot_publish(as_editor: Client, editor: User, reviewer: User) -> None:
    tip = actions.submit(draft(reviewer), reviewer)
    assert as_editor.post(page_of(tip), {"_publish": "1"}).status_code == 403
    as_editor.post(LIST, {"action": "publish", "_selected_action": [tip.pk]})
    assert Tip.objects.get().state == TipState.IN_REVIEW
    assert 'name="_publish"' not in text_of(as_editor, page_of(tip))


def test_a_form_cannot_set_the_state(as_editor: Client, editor: User, reviewer: User) -> None:
    tip = draft(editor)
    as_editor.post(page_of(tip), WORDS | {"state": "published", "reviewer": str(reviewer.pk), "_save": "1"})
    assert Tip.objects.get().state == TipState.DRAFT


def test_an_editor_asks_and_a_reviewer_publishes(
    as_editor: Client, as_reviewer: Client, editor: User
) -> None:
    tip = draft(editor)
    as_editor.post(page_of(tip), {"_submit": "1"})
    assert 'name="_publish"' in text_of(as_reviewer, page_of(tip))
    as_reviewer.post(page_of(tip), fields_of(as_reviewer, page_of(tip)) | {"_publish": "Publish"})
    held = Tip.objects.get()
    assert (held.state, held.reviewer_name) == (TipState.PUBLISHED, "MedPayIQ staff")


def test_a_reviewer_cannot_publish_their_own_tip(as_reviewer: Client, reviewer: User) -> None:
    tip = actions.submit(draft(reviewer), reviewer)
    assert as_reviewer.post(page_of(tip), {"_publish": "1"}).status_code == 403
    assert "You wrote it: another reviewer publishes it." in in_bulk(as_reviewer, "publish", [tip.pk])
    assert Tip.objects.get().state == TipState.IN_REVIEW


def test_many_are_published_at_once_and_what_was_refused_is_told(
    as_reviewer: Client, editor: User, reviewer: User
) -> None:
    theirs = [actions.submit(draft(editor, f"Tip {number}."), editor) for number in range(3)]
    own = actions.submit(draft(reviewer, "Own tip."), reviewer)
    selected = [tip.pk for tip in (*theirs, own)]
    page = in_bulk(as_reviewer, "publish", selected)
    assert Tip.objects.filter(state=TipState.PUBLISHED).count() == 3
    assert "3 tips published." in page
    assert "Own tip.: You wrote it" in page


def test_changing_a_published_tip_makes_a_draft_beside_it(
    as_editor: Client, editor: User, reviewer: User
) -> None:
    tip = published(editor, reviewer, "First words.")
    response = as_editor.post(page_of(tip), WORDS | {"text": "Second words.", "_save": "1"}, follow=True)
    change = Tip.objects.get(replaces=tip)
    assert change.text == "Second words."
    assert Tip.objects.get(pk=tip.pk).text == "First words."
    assert response.redirect_chain[-1][0] == page_of(change)
    assert "The published words stay on the page" in response.content.decode()


def test_former_versions_are_listed_with_their_differences_and_restored_as_a_draft(
    as_editor: Client, editor: User, reviewer: User
) -> None:
    tip = published(editor, reviewer, "First words.")
    tip.text = "Second words."
    published_again = actions.submit(actions.write(tip, editor), editor)
    actions.publish(published_again, reviewer, timezone.localdate())
    history = text_of(as_editor, f"{LIST}{tip.pk}/history/")
    assert "<del>First words.</del> <ins>Second words.</ins>" in history
    first = tip.history.earliest("history_id")
    as_editor.post(f"{LIST}{tip.pk}/history/{first.pk}/", WORDS | {"text": first.text, "_save": "1"})
    assert Tip.objects.get(pk=tip.pk).text == "Second words."
    restored = Tip.objects.get(replaces=tip)
    assert (restored.text, restored.state) == ("First words.", TipState.DRAFT)


def test_the_versions_are_told_whole_and_in_words(as_reviewer: Client, editor: User, reviewer: User) -> None:
    long = "It is a sentence of more than a hundred characters, so that a list which shortens its texts would cut it."
    tip = published(editor, reviewer, f"{long} First.")
    tip.text = f"{long} Second."
    actions.publish(actions.submit(actions.write(tip, editor), editor), reviewer, timezone.localdate())
    page = text_of(as_reviewer, f"{LIST}{tip.pk}/history/")
    assert f"<del>{long} First.</del> <ins>{long} Second.</ins>" in page
    assert "<del>nothing</del> <ins>reviewer</ins>" in page
    assert "<del>In review</del> <ins>Published</ins>" in page
    first = tip.history.earliest("history_id")
    assert 'value="Take these words up as a draft"' in text_of(
        as_reviewer, f"{LIST}{tip.pk}/history/{first.pk}/"
    )


def test_a_reviewer_reads_what_a_change_changes(as_reviewer: Client, editor: User, reviewer: User) -> None:
    tip = published(editor, reviewer, "First words.")
    tip.text, tip.source_section = "Second <words>.", "ch. 12"
    change = actions.submit(actions.write(tip, editor), editor)
    page = text_of(as_reviewer, page_of(change))
    assert "<del>First words.</del> <ins>Second &lt;words&gt;.</ins>" in page
    assert "<strong>Source section:</strong> <del>nothing</del> <ins>ch. 12</ins>" in page
    assert "<strong>Impact:</strong>" not in page


def test_nobody_is_offered_to_publish_their_own_words(
    as_reviewer: Client, as_editor: Client, editor: User, reviewer: User
) -> None:
    own = page_of(actions.submit(draft(reviewer), reviewer))
    theirs = page_of(actions.submit(draft(editor, "Theirs."), editor))
    assert 'name="_publish"' not in text_of(as_reviewer, own)
    assert 'name="_publish"' in text_of(as_reviewer, theirs)


def test_what_was_never_published_is_given_up(as_editor: Client, editor: User, reviewer: User) -> None:
    assert 'value="Give up this draft"' in text_of(as_editor, page_of(draft(editor)))
    tip = published(editor, reviewer, "First words.")
    tip.text = "Second words."
    assert 'value="Give up this change"' in text_of(as_editor, page_of(actions.write(tip, editor)))


def test_the_start_page_leads_to_what_there_is_to_do(as_editor: Client, as_reviewer: Client) -> None:
    review = f'href="{LIST}?todo=review"'
    assert review in text_of(as_reviewer, "/admin/")
    editors = text_of(as_editor, "/admin/")
    assert review not in editors
    assert f'href="{LIST}?todo=mine"' in editors


def test_an_author_gives_up_their_own_draft_and_no_other(
    as_editor: Client, editor: User, reviewer: User
) -> None:
    own, other = draft(editor), draft(reviewer)
    as_editor.post(page_of(own), {"_retire": "1"})
    assert as_editor.post(page_of(other), {"_retire": "1"}).status_code == 403
    assert [Tip.objects.get(pk=tip.pk).state for tip in (own, other)] == [TipState.RETIRED, TipState.DRAFT]


def test_nobody_deletes_a_tip(as_reviewer: Client, admin_client: Client, editor: User) -> None:
    tip = draft(editor)
    for client in (as_reviewer, admin_client):
        assert client.post(f"{LIST}{tip.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Tip.objects.exists()


def test_the_lists_of_what_there_is_to_do(as_reviewer: Client, editor: User, reviewer: User) -> None:
    actions.submit(draft(editor, "Theirs waits."), editor)
    actions.submit(draft(reviewer, "Own waits."), reviewer)
    old = published(editor, reviewer, "Old one.")
    Tip.objects.filter(pk=old.pk).update(review_again_by=timezone.localdate() - timedelta(days=1))
    draft(reviewer, "Own draft.")
    wanted = {"review": "Theirs waits.", "again": "Old one.", "mine": "Own draft."}
    for todo, text in wanted.items():
        page = text_of(as_reviewer, LIST, todo=todo)
        assert [each for each in (*wanted.values(), "Own waits.") if each in page] == [text]


def test_tips_are_found_by_code_and_words(as_editor: Client, editor: User) -> None:
    draft(editor, "About warts.", code="17110")
    draft(editor, "About scans.", code="76376")
    assert "About warts." in text_of(as_editor, LIST, q="17110")
    assert "About warts." not in text_of(as_editor, LIST, q="scans")


def test_what_contradicts_the_data_is_listed(as_editor: Client, editor: User, reviewer: User) -> None:
    assert "No tip contradicts the data." in text_of(as_editor, f"{LIST}stale/")
    Tip.objects.filter(pk=published(editor, reviewer).pk).update(impact="$25.38 is lost.")
    page = text_of(as_editor, f"{LIST}stale/")
    assert "“$25.38” is typed" in page or "&quot;$25.38&quot; is typed" in page


def test_the_list_of_contradictions_is_for_staff(client: Client) -> None:
    assert client.get(f"{LIST}stale/").status_code == 302


def test_the_form_tells_what_contradicts_the_data(as_editor: Client, editor: User) -> None:
    tip = draft(editor, impact="$25.38 is lost.")
    assert "Contradiction: &quot;$25.38&quot; is typed" in text_of(as_editor, page_of(tip))


def answered(client: Client, tip: Tip, step: str, why: str) -> str:
    """The page after a step was taken on the page of a tip, and the question answered with a reason."""
    asked = client.post(page_of(tip), {step: "1", "read": tip.digest}).content.decode()
    return client.post(LIST, form_fields(asked) | {"why": why}, follow=True).content.decode()


def test_a_tip_that_is_sent_back_tells_its_author_why(
    as_editor: Client, as_reviewer: Client, editor: User
) -> None:
    tip = actions.submit(draft(editor), editor)
    assert "Give a reason" in answered(as_reviewer, tip, "_send_back", "")
    tip.refresh_from_db()
    assert tip.state == TipState.IN_REVIEW
    answered(as_reviewer, tip, "_send_back", "Name the section of the manual.")
    tip.refresh_from_db()
    assert tip.state == TipState.DRAFT
    assert "Sent back: Name the section of the manual." in text_of(as_editor, page_of(tip))
    as_editor.post(page_of(tip), fields_of(as_editor, page_of(tip)) | {"text": "Better.", "_save": "1"})
    assert "Sent back:" not in text_of(as_editor, page_of(tip))


def test_a_lone_owner_publishes_with_a_reason_that_stays_in_the_history(admin_client: Client) -> None:
    owner = User.objects.get(username="admin")
    tip = actions.submit(draft(owner), owner)
    page = text_of(admin_client, page_of(tip))
    assert "Publish without a review" in page
    assert "another reviewer publishes it" not in page
    answered(admin_client, tip, "_publish_alone", "I run this site alone.")
    tip.refresh_from_db()
    assert (tip.state, tip.reviewer) == (TipState.PUBLISHED, owner)
    assert tip.unreviewed_because == "I run this site alone."
    assert tip.history.first().history_change_reason == "Published unreviewed: I run this site alone."
    assert "Published unreviewed: I run this site alone." in text_of(admin_client, f"{LIST}{tip.pk}/history/")
    actions.confirm(tip, owner, timezone.localdate())
    tip.refresh_from_db()
    assert tip.unreviewed_because == actions.READ_ALONE


def test_where_another_may_publish_nobody_publishes_their_own_words(
    admin_client: Client, reviewer: User
) -> None:
    owner = User.objects.get(username="admin")
    tip = actions.submit(draft(owner), owner)
    assert "Publish without a review" not in text_of(admin_client, page_of(tip))
    assert admin_client.post(page_of(tip), {"_publish_alone": "1", "read": tip.digest}).status_code == 403
    outcome = actions.publish_alone_all([tip], owner, timezone.localdate(), "Why", read={tip.pk: tip.digest})
    assert outcome.refused[0][1] == actions.OTHERS_PUBLISH
    reviewer.is_active = False
    reviewer.save()
    assert actions.is_alone(owner)


def test_the_front_page_counts_tips_due_soon_and_retired_ones(
    as_reviewer: Client, editor: User, reviewer: User
) -> None:
    due, old = published(editor, reviewer), published(editor, reviewer)
    Tip.objects.filter(pk=due.pk).update(review_again_by=timezone.localdate() + timedelta(days=30))
    actions.retire(old, reviewer)
    front = text_of(as_reviewer, "/admin/")
    assert '?todo=soon">Tips to review within 30 days</a>: <strong>1</strong>' in front
    assert '?state__exact=retired">Retired tips</a>: <strong>1</strong>' in front
