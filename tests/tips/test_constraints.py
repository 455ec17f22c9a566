"""What the database itself refuses about tips and corrections."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from codes.models import Correction, Tip

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def refused(name: str, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Tip.objects.create(**{"code": "76376", "text": "A tip.", **fields})


def reviewed(author: User | None, reviewer: User | None, **fields: Any) -> dict[str, Any]:
    known = {"state": "published", "author": author, "reviewer": reviewer, "reviewed_on": DAY}
    return known | {"source_title": "CPT code set"} | fields


def test_a_published_tip_needs_a_source_or_a_computed_impact(author: User, reviewer: User) -> None:
    refused("published_tip_has_a_source", **reviewed(author, reviewer, source_title=""))
    refused("published_tip_has_a_source", **reviewed(author, reviewer, source_title="", impact="It is lost."))
    Tip.objects.create(
        code="76376", text="A.", **reviewed(author, reviewer, source_title="", impact="{allowed}")
    )
    Tip.objects.create(code="76376", text="A.", **reviewed(author, reviewer))


def test_a_published_tip_needs_a_reviewer_who_did_not_write_it(author: User, reviewer: User) -> None:
    name = "published_tip_has_another_reviewer"
    refused(name, **reviewed(author, author))
    refused(name, **reviewed(author, None))
    refused(name, **reviewed(None, reviewer))
    refused(name, **reviewed(author, reviewer, reviewed_on=None))


def test_a_tip_of_the_project_needs_no_reviewer_but_a_key() -> None:
    words = {"state": "published", "source_title": "CPT code set", "from_project": True}
    Tip.objects.create(code="76376", text="A.", key="76376:1", **words)
    refused("project_tip_has_a_key", **words)


@pytest.mark.parametrize(
    "subject",
    [
        {"code": ""},
        {"family": "CT Scan"},
        {"first_code": "70010", "last_code": "70015"},
        {"code": "", "first_code": "70010"},
        {"code": "", "last_code": "70010"},
    ],
)
def test_a_tip_is_about_one_thing(subject: dict[str, str]) -> None:
    refused("tip_has_one_subject", **subject)


def test_a_range_runs_from_the_lower_code_to_the_higher() -> None:
    refused("tip_range_is_ordered", code="", first_code="70015", last_code="70010")
    Tip.objects.create(first_code="70010", last_code="70010", text="A.")


def test_state_and_payer_are_known() -> None:
    refused("tip_state_is_known", state="shown")
    refused("tip_payer_is_known", payer="nobody")


def test_a_published_change_has_taken_the_place_of_its_tip(author: User, reviewer: User) -> None:
    tip = Tip.objects.create(code="76376", text="A.", **reviewed(author, reviewer))
    refused("published_change_takes_its_place", **reviewed(author, reviewer, replaces=tip))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("published_correction_says_something", {"state": "published", "published_on": DAY}),
        ("published_correction_says_something", {"state": "published", "statement": "It was 2."}),
        ("correction_state_is_known", {"state": "gone"}),
    ],
)
def test_a_correction_in_the_log_has_a_sentence_and_a_day(name: str, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Correction.objects.create(page="/", what_is_wrong="x", received_on=DAY, **fields)
