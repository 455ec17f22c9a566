"""The queues of staff."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from contributions.models import Decision, Report, ReporterOrdinal, Snapshot
from contributions.reports import actions, alarms
from contributions.reports.choices import ReportState
from contributions.reports.sample import load_sample_reports
from tests.admin.forms import form_fields
from tests.contributions.telling import CODE, TODAY, at_night, tell, tell_all

LIST = reverse("admin:contributions_report_changelist")


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("robin", password="x"))
    return client


def decide(staff: Client, action: str, keys: list[int], **answers: str) -> Any:
    return staff.post(LIST, {"action": action, "_selected_action": keys, **answers}, follow=True)


def test_the_queue_shows_reports_by_state_and_their_notes(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    tell(2, hold="a burst")
    assert "They want the operative report." in staff.get(LIST).content.decode()
    held = staff.get(f"{LIST}?state__exact=held").content.decode()
    assert "a burst" in held
    assert "They want the operative report." not in held


def test_a_bulk_decision_needs_a_reason_and_leaves_a_trail(staff: Client) -> None:
    for who in range(1, 6):
        tell(who, hold="a burst")
    keys = list(Report.objects.values_list("pk", flat=True))
    fields = form_fields(decide(staff, "accept", keys).content.decode())
    again = staff.post(LIST, fields | {"why": ""}).content.decode()
    assert "Give a reason" in again
    assert form_fields(again)["shown"] == fields["shown"]
    assert not Snapshot.objects.exists()
    accepted = staff.post(LIST, fields | {"why": "looked at them"}, follow=True)
    assert "5 reports accepted." in accepted.content.decode()
    assert not Snapshot.objects.exists(), "the public sees nothing before the night's update"
    at_night()
    assert Snapshot.objects.shown().get().floor == 5
    assert {(d.staff_member, d.reason) for d in Decision.objects.all()} == {("robin", "looked at them")}
    asked = decide(staff, "reject", keys[:1]).content.decode()
    assert "Reject 1 report?" in asked
    assert Report.objects.get(pk=keys[0]).state == ReportState.ACCEPTED
    staff.post(LIST, form_fields(asked) | {"why": "spam"})
    assert Report.objects.get(pk=keys[0]).state == ReportState.REJECTED
    assert Snapshot.objects.shown().exists()
    at_night()
    assert not Snapshot.objects.shown().exists()
    assert "spam" in staff.get(f"{LIST}{keys[0]}/change/").content.decode()


def test_a_note_stands_beside_the_way_to_a_tip_and_a_held_report_beside_its_rule(staff: Client) -> None:
    tell(1, note="They want the operative report.", hold="a burst of reports on this code")
    listed = staff.get(LIST).content.decode()
    assert '<td class="field-decision">Held: a burst of reports on this code</td>' in listed
    way = f"/admin/codes/tip/add/?code={CODE}&amp;report={Report.objects.get().pk}"
    assert f'They want the operative report. <a href="{way}">Turn into a tip</a>' in listed


def one(report: Report) -> str:
    return f"{LIST}{report.pk}/change/"


def test_a_report_is_decided_on_its_own_page_which_leads_to_the_next_that_is_held(staff: Client) -> None:
    tell_all(2, hold="a burst")
    first, second = Report.objects.order_by("pk")
    answer = staff.post(one(first), {"_reject": "Reject", "why": "copied text"})
    assert answer["Location"] == one(second)
    first.refresh_from_db()
    assert first.state == ReportState.REJECTED
    assert Decision.objects.get().reason == "copied text"
    assert staff.post(one(second), {"_accept": "Accept", "why": "looks real"})["Location"] == LIST


def test_a_decision_without_a_reason_changes_nothing(staff: Client) -> None:
    tell(1, hold="a burst")
    page = staff.post(one(Report.objects.get()), {"_accept": "Accept", "why": " "}, follow=True)
    assert "Give a reason: it goes into the audit trail." in page.content.decode()
    assert Report.objects.get().state == ReportState.HELD


def test_a_note_is_erased_from_the_page_of_its_report_after_a_question(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    question = staff.post(one(Report.objects.get()), {"_erase_note": "Erase the note"}).content.decode()
    assert "Erase the notes of 1 report?" in question
    assert Report.objects.get().note
    answered = staff.post(LIST, form_fields(question))
    assert answered["Location"] == one(Report.objects.get())
    assert Report.objects.get().note == ""


def test_a_question_does_not_lead_to_another_site(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    question = staff.post(one(Report.objects.get()), {"_erase_note": "Erase the note"}).content.decode()
    answered = staff.post(LIST, {**form_fields(question), "back": "https://elsewhere.example/"})
    assert answered["Location"] == LIST


def test_the_note_stands_beside_the_tip_that_is_made_of_it_for_who_may_read_it(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    address = f"/admin/codes/tip/add/?code={CODE}&report={Report.objects.get().pk}"
    page = staff.get(address).content.decode()
    assert "<blockquote>They want the operative report.</blockquote>" in page
    assert "They want" not in form_fields(page)["text"]
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="editor"))
    staff.force_login(editor)
    assert "They want" not in staff.get(address).content.decode()
    assert staff.get(f"/admin/codes/tip/add/?report={'9' * 30}").status_code == 200


def test_reports_of_one_sender_are_seen_to_be_of_one(staff: Client) -> None:
    tell(1, reason="97")
    tell(1, reason="50")
    tell(2)
    listed = staff.get(LIST).content.decode()
    senders = [f'<td class="field-sender">{number} of {TODAY.year}</td>' for number in (1, 2)]
    assert [listed.count(sender) for sender in senders] == [2, 1]


def test_a_report_that_nobody_may_change_has_no_button_to_save_it(staff: Client) -> None:
    tell(1)
    assert b'name="_save"' not in staff.get(f"{LIST}{Report.objects.get().pk}/change/").content


def test_nobody_adds_or_deletes_reports_by_hand(staff: Client) -> None:
    tell(1)
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(f"{LIST}{Report.objects.get().pk}/delete/").status_code == 403


def test_staff_see_no_digest(staff: Client) -> None:
    tell(1)
    page = staff.get(f"{LIST}{Report.objects.get().pk}/change/").content.decode()
    assert str(ReporterOrdinal.objects.get().digest) not in page


def test_a_note_that_is_dealt_with_is_erased(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    asked = decide(staff, "erase_notes", [Report.objects.get().pk]).content.decode()
    assert Report.objects.get().note
    staff.post(LIST, form_fields(asked))
    assert Report.objects.get().note == ""


def test_a_snapshot_can_be_taken_down(staff: Client) -> None:
    tell_all(5)
    at_night()
    address = reverse("admin:contributions_snapshot_changelist")
    asked = staff.post(address, {"action": "take_down", "_selected_action": [Snapshot.objects.get().pk]})
    assert Snapshot.objects.shown().exists()
    staff.post(address, form_fields(asked.content.decode()))
    assert not Snapshot.objects.shown().exists()
    assert staff.get(f"{address}{Snapshot.objects.get().pk}/change/").status_code == 200


@pytest.mark.django_db
def test_a_burst_and_a_shift_raise_alarms(staff: Client) -> None:
    tell_all(20, reason="97")
    at_night()
    for who in range(21, 41):
        tell(who, reason="50")
    at_night()
    assert list(alarms.bursts(TODAY)) == [f"Burst: 40 reports on {CODE} in 2 days."]
    assert f"Shift on {CODE}, why it was denied: 97 went from 100 % to 50 %." in list(alarms.shifts())
    assert "Shift on 99213" in staff.get(LIST).content.decode()


def test_the_invented_reports_of_the_sample_are_no_burst(staff: Client) -> None:
    load_sample_reports(TODAY)
    assert list(alarms.bursts(TODAY)) == []
    assert '<td class="field-sender">sample</td>' in staff.get(LIST).content.decode()


@pytest.mark.django_db
def test_accepting_many_at_once_writes_one_snapshot() -> None:
    for who in range(1, 13):
        tell(who, hold="a burst")
    assert actions.decide(Report.objects.all(), ReportState.ACCEPTED, "robin", "fine", TODAY) == 12
    at_night()
    assert Snapshot.objects.get().floor == 10


def test_a_reviewer_may_decide_and_an_editor_may_not_look(client: Client, db: None) -> None:
    tell(1, hold="a burst")
    for name, status in (("reviewer", 200), ("editor", 403)):
        person = User.objects.create_user(name, is_staff=True)
        person.groups.add(Group.objects.get(name=name))
        client.force_login(person)
        assert client.get(LIST).status_code == status


def test_the_front_page_says_how_many_reports_wait_and_how_many_notes(staff: Client) -> None:
    tell(1, note="They want the operative report.")
    tell(2, hold="a burst")
    tell(3, hold="a burst")
    page = staff.get(reverse("admin:index")).content.decode()
    assert "Denial reports held for review</a>: <strong>2</strong>" in page
    assert "Notes to read</a>: <strong>1</strong>" in page
    assert "My drafts</a>: none" in page


def test_an_editor_of_tips_sees_no_lists_of_reports(client: Client, db: None) -> None:
    editor = User.objects.create_user("kim", is_staff=True)
    editor.groups.set(Group.objects.filter(name="editor"))
    client.force_login(editor)
    page = client.get(reverse("admin:index")).content.decode()
    assert "My drafts" in page
    assert "Denial reports held" not in page
    assert "Tips that wait for my review" not in page
