"""Staff at their desks: an editor, a reviewer and a visitor without rights."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


def member(name: str, group: str) -> User:
    """A member of staff in one of the two groups."""
    user = User.objects.create_user(name, password="a long pass phrase", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(db: None) -> User:
    return member("editor", "editor")


@pytest.fixture
def reviewer(db: None) -> User:
    return member("reviewer", "reviewer")


def at_desk(user: User) -> Client:
    """A browser in which this member of staff has logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_editor(editor: User) -> Client:
    return at_desk(editor)


@pytest.fixture
def as_reviewer(reviewer: User) -> Client:
    return at_desk(reviewer)
