"""What `reconcile` keeps for the page."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from codes.cms.archive import open_members
from codes.loaders.reconcile import Comparison
from codes.models import Release, Version
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_new_run_is_on_the_page_at_once(client: Client, tmp_path: Path) -> None:
    Version.bump("data")
    (member,) = open_members(builders.written(tmp_path / "PFREV26C.txt", b"amounts"))
    run = Comparison(member, Release(name="RVU26C"), date(2026, 7, 1), rows=1, matches=1)
    assert "PFREV26C.txt" not in client.get("/correctness/").text
    run.save()
    assert "PFREV26C.txt" in client.get("/correctness/").text
