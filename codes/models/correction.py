"""Errors that visitors report, and the public log of what was corrected."""

from django.db import models
from django.db.models import Q

LONGEST_REPORT = 1_000


class CorrectionState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    PUBLISHED = "published", "In the public log"
    CLOSED = "closed", "Closed"


class Correction(models.Model):
    """One report of an error on a page. Nothing about who sent it is kept: a date, and no time of day.

    Only `page`, `published_on` and `statement`, the sentence of staff, are ever public.
    """

    page = models.CharField(max_length=200, help_text="Address on this site")
    what_is_wrong = models.TextField(max_length=LONGEST_REPORT)
    source = models.CharField(max_length=300, blank=True)
    received_on = models.DateField(db_index=True)
    state = models.CharField(max_length=9, choices=CorrectionState, default=CorrectionState.WAITING)
    statement = models.TextField(
        "public sentence", max_length=500, blank=True, help_text="What was wrong and what is right now"
    )
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="published") | Q(statement__gt="", published_on__isnull=False),
                name="published_correction_says_something",
                violation_error_message="The public log needs your sentence: what was wrong, what is right now.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CorrectionState.values), name="correction_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.page}, {self.received_on:%Y-%m-%d}"
