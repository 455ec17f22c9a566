"""The life of a tip: written by one, published by another, changed beside what is published."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from codes.actions import tips
from codes.actions.tips import Refused
from codes.models import Tip, TipState, Version
from tests.tips.drafts import TODAY, draft, published

pytestmark = pytest.mark.django_db


def version() -> int:
    return sum(Version.objects.filter(name__startswith="tips").values_list("number", flat=True))


def test_a_tip_is_published_by_a_reviewer_for_a_year(author: User, reviewer: User) -> None:
    tip = published(author, reviewer)
    assert (tip.state, tip.author, tip.reviewer, tip.reviewed_on) == (
        TipState.PUBLISHED,
        author,
        reviewer,
        TODAY,
    )
    assert tip.review_again_by == date(2027, 11, 23)


def test_an_author_cannot_publish_their_own_words(author: User) -> None:
    tip = tips.submit(draft(author), author)
    with pytest.raises(Refused, match="You wrote it"):
        tips.publish(tip, author, TODAY)
    assert Tip.objects.get().state == TipState.IN_REVIEW


def test_a_reviewer_who_changes_the_words_becomes_their_author(author: User, reviewer: User) -> None:
    tip = draft(author)
    tip.text = "Count lesions, not passes."
    tip = tips.submit(tips.write(tip, reviewer), reviewer)
    with pytest.raises(Refused, match="You wrote it"):
        tips.publish(tip, reviewer, TODAY)


def test_a_draft_is_not_published_without_review(author: User, reviewer: User) -> None:
    with pytest.raises(Refused, match="It is draft, not in review"):
        tips.publish(draft(author), reviewer, TODAY)


def test_a_tip_without_source_and_without_computed_impact_is_not_published(
    author: User, reviewer: User
) -> None:
    tip = tips.submit(draft(author, source_title="", impact="It is lost."), author)
    with pytest.raises(Refused, match="source"):
        tips.publish(tip, reviewer, TODAY)


def test_a_wrong_placeholder_is_refused_on_save(author: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        draft(author, impact="{alowed} is lost.")
    assert "{allowed_facility}" in refusal.value.message_dict["impact"][0]
    assert not Tip.objects.exists()


def test_published_words_stay_until_their_change_is_published(author: User, reviewer: User) -> None:
    tip = published(author, reviewer, "First words.")
    tip.text = "Second words."
    change = tips.write(tip, author)
    assert (change.replaces_id, change.state, change.text) == (tip.pk, TipState.DRAFT, "Second words.")
    assert Tip.objects.get(pk=tip.pk).text == "First words."
    after = tips.publish(tips.submit(change, author), reviewer, TODAY)
    assert (after.pk, after.text, after.state) == (tip.pk, "Second words.", TipState.PUBLISHED)
    assert Tip.objects.count() == 1


def test_a_second_change_rewrites_the_first(author: User, reviewer: User) -> None:
    tip = published(author, reviewer)
    for text in ("Second words.", "Third words."):
        tip.text = text
        tips.write(tip, author)
    assert Tip.objects.get(replaces=tip).text == "Third words."


def test_a_change_that_is_retired_is_given_up(author: User, reviewer: User) -> None:
    tip = published(author, reviewer)
    assert tips.retire(tips.write(tip, author), reviewer) == tip
    assert Tip.objects.get().state == TipState.PUBLISHED


def test_former_versions_are_kept_with_who_wrote_them(author: User, reviewer: User) -> None:
    tip = published(author, reviewer, "First words.")
    tip.text = "Second words."
    tips.publish(tips.submit(tips.write(tip, author), author), reviewer, TODAY)
    held = tip.history.filter(state=TipState.PUBLISHED).order_by("history_id")
    assert [(each.text, each.history_user) for each in held] == [
        ("First words.", reviewer),
        ("Second words.", reviewer),
    ]


def test_a_tip_that_was_read_again_is_good_for_another_year(author: User, reviewer: User) -> None:
    tip = tips.confirm(published(author, reviewer), reviewer, date(2027, 11, 1))
    assert (tip.reviewed_on, tip.review_again_by) == (date(2027, 11, 1), date(2028, 11, 1))
    with pytest.raises(Refused, match="You wrote it"):
        tips.confirm(tip, author, date(2027, 11, 1))


def test_the_year_after_a_leap_day_ends_a_day_early() -> None:
    assert tips.year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_each_step_moves_the_version_of_the_tips(author: User, reviewer: User) -> None:
    tip = draft(author)
    seen = [version()]
    steps: tuple[Callable[[], object], ...] = (
        lambda: tips.submit(tip, author),
        lambda: tips.send_back(tip, reviewer),
        lambda: tips.submit(tip, author),
        lambda: tips.publish(tip, reviewer, TODAY),
        lambda: tips.retire(tip, reviewer),
    )
    for step in steps:
        step()
        seen.append(version())
    assert seen == sorted(set(seen))


def test_a_refused_step_does_not_move_the_version(author: User) -> None:
    tip = tips.submit(draft(author), author)
    before = version()
    with pytest.raises(Refused):
        tips.publish(tip, author, TODAY)
    assert version() == before


def versions() -> dict[str, int]:
    return dict(Version.objects.filter(name__startswith="tips").values_list("name", "number"))


def test_a_tip_of_one_code_is_counted_for_that_code_alone(author: User, reviewer: User) -> None:
    published(author, reviewer)
    assert set(versions()) == {"tips:76376"}


def test_a_tip_of_a_range_or_of_many_codes_is_counted_for_every_page(author: User, reviewer: User) -> None:
    published(author, reviewer)
    draft(author, code="", first_code="99202", last_code="99215")
    assert set(versions()) == {"tips"}


def test_a_change_that_moves_a_tip_to_another_code_counts_for_both(author: User, reviewer: User) -> None:
    tip = published(author, reviewer)
    tip.code = "99213"
    tips.publish(tips.submit(tips.write(tip, author), author), reviewer, TODAY)
    assert set(versions()) == {"tips:76376", "tips:99213"}
    assert versions()["tips:76376"] > 2
