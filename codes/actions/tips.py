"""What staff does with tips. Each step is one transaction that also moves the version of the tips.

Words go through four eyes: whoever wrote them last cannot publish them. What is published stays on the page,
untouched, until its change has been reviewed.
"""

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from codes.models import Tip, TipState, Version
from codes.models.tip import WORDS
from codes.tips.placeholders import mistakes

REVIEW_EVERY_YEARS = 1


class Refused(Exception):
    """A step that may not be taken, with the reason in words."""


def check_words(tip: Tip) -> None:
    """Raise ValidationError where a placeholder is wrong or the subject of the tip is not clear."""
    wrong = {name: mistakes(getattr(tip, name)) for name in ("text", "impact")}
    if found := {name: told for name, told in wrong.items() if told}:
        raise ValidationError(found)
    tip.validate_constraints()


@transaction.atomic
def write(tip: Tip, by: User) -> Tip:
    """Keep the words of `tip` as a draft of `by`. Where it is published or retired, a change of it is made, or the
    pending change rewritten, and returned instead: the published words stay until that is published."""
    held = Tip.objects.select_for_update().filter(pk=tip.pk).first() if tip.pk else None
    draft = held or Tip()
    if held and held.state in (TipState.PUBLISHED, TipState.RETIRED):
        draft = Tip.objects.filter(replaces=held).first() or Tip(replaces=held)
    _copy_words(tip, draft)
    check_words(draft)
    draft.state, draft.author, draft.reviewer, draft.reviewed_on = TipState.DRAFT, by, None, None
    return _kept(draft, by)


@transaction.atomic
def submit(tip: Tip, by: User) -> Tip:
    """Ask for a review."""
    held = _held(tip, TipState.DRAFT)
    held.state = TipState.IN_REVIEW
    return _kept(held, by)


@transaction.atomic
def send_back(tip: Tip, by: User) -> Tip:
    """Give a tip back to its author."""
    held = _held(tip, TipState.IN_REVIEW)
    held.state = TipState.DRAFT
    return _kept(held, by)


@transaction.atomic
def publish(tip: Tip, by: User, today: date) -> Tip:
    """Put a reviewed tip on the page; a change takes the place of the tip that it changes, which is returned."""
    held = _held(tip, TipState.IN_REVIEW)
    if held.author_id == by.pk:
        raise Refused("You wrote it: another reviewer has to publish it.")
    if not held.source_title and "{" not in held.impact:
        raise Refused("It needs a source, or an impact that is worked out from a placeholder.")
    published = held
    if held.replaces_id:
        published = Tip.objects.select_for_update().get(pk=held.replaces_id)
        _copy_words(held, published)
        published.author = held.author
        held.delete()
    published.state, published.from_project = TipState.PUBLISHED, False
    return _reviewed(published, by, today)


@transaction.atomic
def confirm(tip: Tip, by: User, today: date) -> Tip:
    """Say that a published tip has been read again and still holds."""
    held = _held(tip, TipState.PUBLISHED)
    if held.author_id == by.pk:
        raise Refused("You wrote it: another reviewer has to read it again.")
    return _reviewed(held, by, today)


@transaction.atomic
def retire(tip: Tip, by: User) -> Tip:
    """Take a tip off the page. It is kept, with its history; the project's file does not bring it back.

    A change that was not published is given up: the tip that it would have changed stays as it is.
    """
    held = Tip.objects.select_for_update().get(pk=tip.pk)
    if held.replaces_id:
        given_up = Tip.objects.get(pk=held.replaces_id)
        held.delete()
        return given_up
    held.state, held.from_project = TipState.RETIRED, False
    return _kept(held, by)


def year_after(day: date) -> date:
    """The same day of the next year, for the next review."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + REVIEW_EVERY_YEARS, day=28 if leap_day else day.day)


def _held(tip: Tip, state: TipState) -> Tip:
    held = Tip.objects.select_for_update().get(pk=tip.pk)
    if held.state != state:
        raise Refused(f"It is {held.get_state_display().lower()}, not {state.label.lower()}.")
    return held


def _copy_words(source: Tip, target: Tip) -> None:
    for name in WORDS:
        setattr(target, name, getattr(source, name))


def _reviewed(tip: Tip, by: User, today: date) -> Tip:
    tip.reviewer, tip.reviewed_on, tip.review_again_by = by, today, year_after(today)
    return _kept(tip, by)


def _kept(tip: Tip, by: User) -> Tip:
    tip._history_user = by  # type: ignore[attr-defined]
    Version.bump("tips")
    tip.save()
    return tip
