"""Errors that visitors report: taken without a word about the visitor, answered by staff."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from codes.models import Correction, CorrectionState, Version

MOST_A_DAY = 300


class QueueFull(Exception):
    """More reports came in today than people can read: somebody is sending them by machine."""


@transaction.atomic
def receive(page: str, what_is_wrong: str, source: str, today: date) -> Correction:
    """Put a report into the queue of staff. Raises QueueFull after 300 on one day."""
    if Correction.objects.filter(received_on=today).count() >= MOST_A_DAY:
        raise QueueFull
    return Correction.objects.create(page=page, what_is_wrong=what_is_wrong, source=source, received_on=today)


@transaction.atomic
def answer(correction: Correction, today: date) -> Correction:
    """Keep what staff decided; what goes into the public log gets its day."""
    published = correction.state == CorrectionState.PUBLISHED
    correction.published_on = (correction.published_on or today) if published else None
    Version.bump("corrections")
    correction.save()
    return correction


@transaction.atomic
def answer_all(found: Iterable[Correction], state: CorrectionState, today: date) -> int:
    """Give many the same state, all or none; how many. What is published already keeps its day."""
    held = list(found)
    for correction in held:
        correction.state = state
        published = state == CorrectionState.PUBLISHED
        correction.published_on = (correction.published_on or today) if published else None
    if held:
        Version.bump("corrections")
        Correction.objects.bulk_update(held, ("state", "published_on"), batch_size=500)
    return len(held)
