"""Pages with tips run on the sample, as all pages do; tips of staff are written by two."""

import pytest
from django.contrib.auth.models import Group, User

from tests.pages.conftest import get

__all__ = ["get"]


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("author", first_name="Ann", last_name="Writer")


@pytest.fixture
def reviewer(db: None) -> User:
    """Another member of staff who may publish, so that no author is alone."""
    user = User.objects.create_user("reviewer", first_name="Bob", last_name="Reader", is_staff=True)
    user.groups.add(Group.objects.get(name="reviewer"))
    return user
