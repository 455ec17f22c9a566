"""The two groups of staff and what they may."""

import pytest
from django.contrib.auth.models import Group

from codes.admin.groups import make_groups

pytestmark = pytest.mark.django_db


def permissions(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_an_editor_writes_and_does_not_publish() -> None:
    held = permissions("editor")
    assert {"add_tip", "change_tip", "view_tip", "view_release"} <= held
    assert not {"publish_tip", "delete_tip", "change_correction", "change_release"} & held


def test_a_reviewer_publishes_and_answers_corrections() -> None:
    held = permissions("reviewer")
    assert {"change_tip", "publish_tip", "change_correction"} <= held
    assert not {"delete_tip", "change_release"} & held


def test_making_the_groups_twice_keeps_what_was_added_by_hand() -> None:
    from django.contrib.auth.models import Permission

    added = Permission.objects.get(codename="delete_correction")
    Group.objects.get(name="editor").permissions.add(added)
    make_groups(None)
    assert "delete_correction" in permissions("editor")
    assert Group.objects.filter(name__in=["editor", "reviewer"]).count() == 2
