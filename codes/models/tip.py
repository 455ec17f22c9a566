"""Billing tips: what to watch in a code, written by staff, reviewed by another, each with its source."""

import hashlib
import json
from datetime import date
from textwrap import shorten
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

PROJECT = "MedPayIQ"
STAFF = f"{PROJECT} staff"


class TipState(models.TextChoices):
    """A draft is its author's; in review it waits for another; published it is on the page."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class TipPayer(models.TextChoices):
    """The kind of payer that a tip holds for."""

    MEDICARE = "Medicare", "Medicare"
    ALL = "all payers", "All payers"
    OTHER = "other payers", "Other payers"


WORDS = (
    *("code", "family", "first_code", "last_code", "order", "text", "impact", "payer"),
    *("source_title", "source_section", "source_link"),
)


def digest_of(words: Any) -> str:
    """The mark of the words of a tip or of one of its former versions."""
    text = json.dumps([str(getattr(words, name)) for name in WORDS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Tip(models.Model):
    """One tip for a code, for an RBCS family, or for a range of codes.

    Amounts, unit limits and global days stand as placeholders ({allowed}) in `text` and `impact`, and are worked
    out for the date and place of the page. A published tip is never rewritten: its change is a tip of its own,
    which `replaces` it and takes its place when it is published. Tips that came with the project carry `key`
    (code and order in its file), and `from_project` as long as staff has not changed them.
    """

    code = models.CharField(max_length=5, blank=True, db_index=True)
    family = models.CharField(
        "RBCS family", max_length=100, blank=True, db_index=True, help_text="As CMS spells it"
    )
    first_code = models.CharField("range from", max_length=5, blank=True)
    last_code = models.CharField("to", max_length=5, blank=True)
    order = models.PositiveSmallIntegerField(default=10, help_text="Lowest first on the page")
    text = models.TextField(max_length=600)
    impact = models.CharField(
        max_length=200, blank=True, help_text="What it costs, with placeholders: {allowed} is denied."
    )
    payer = models.CharField("holds for", max_length=12, choices=TipPayer, default=TipPayer.MEDICARE)
    source_title = models.CharField(max_length=120, blank=True)
    source_section = models.CharField(max_length=300, blank=True)
    source_link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=TipState, default=TipState.DRAFT, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    unreviewed_because = models.CharField(
        max_length=100, blank=True, help_text="Why its author alone published it"
    )
    review_again_by = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="change",
        help_text="The tip that it changes",
    )
    from_project = models.BooleanField("as the project wrote it", default=False)
    key = models.CharField(max_length=12, null=True, blank=True, unique=True, editable=False)
    history = HistoricalRecords()
    objection = ""  # why a page cannot have it, where a preview asked
    may_publish = False  # whether whoever looks at its preview may publish it there

    id: int
    author_id: int | None
    reviewer_id: int | None
    change: "Tip"
    objects: ClassVar[models.Manager["Tip"]]

    class Meta:
        ordering = ("code", "family", "first_code", "order", "pk")
        permissions = (("publish_tip", "Can review, publish and retire tips"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(code__gt="", family="", first_code="", last_code="")
                | Q(code="", family__gt="", first_code="", last_code="")
                | Q(code="", family="", first_code__gt="", last_code__gt=""),
                name="tip_has_one_subject",
                violation_error_message="Give a code, or a family, or a range from one code to another.",
            ),
            models.CheckConstraint(
                condition=Q(first_code__lte=F("last_code")),
                name="tip_range_is_ordered",
                violation_error_message="The range must run from the lower code to the higher.",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(source_title__gt="") | Q(impact__contains="{"),
                name="published_tip_has_a_source",
                violation_error_message="A published tip needs a source, or an impact that is worked out.",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(from_project=True)
                | (
                    Q(author__isnull=False, reviewer__isnull=False, reviewed_on__isnull=False)
                    & (~Q(reviewer=F("author")) | Q(unreviewed_because__gt=""))
                ),
                name="published_tip_has_another_reviewer",
                violation_error_message="A tip is published by a reviewer who did not write it.",
            ),
            models.CheckConstraint(condition=Q(state__in=TipState.values), name="tip_state_is_known"),
            models.CheckConstraint(condition=Q(payer__in=TipPayer.values), name="tip_payer_is_known"),
            models.CheckConstraint(
                condition=~Q(from_project=True) | Q(key__isnull=False), name="project_tip_has_a_key"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(state="published"),
                name="published_change_takes_its_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject}: {shorten(self.text, 60, placeholder=' …')}"

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        return self.code or self.family or f"{self.first_code} to {self.last_code}"

    @property
    def digest(self) -> str:
        """A mark of the words: the same for the same words, another for any others."""
        return digest_of(self)

    @property
    def author_name(self) -> str:
        """Who wrote it, as the page says it; never a log-in name."""
        return PROJECT if self.author is None else self.author.get_full_name() or STAFF

    @property
    def reviewer_name(self) -> str:
        """Who reviewed it, as the page says it; never a log-in name."""
        return PROJECT if self.reviewer is None else self.reviewer.get_full_name() or STAFF

    def is_past_review(self, today: date) -> bool:
        """Whether somebody should have read it again by now."""
        return self.review_again_by is not None and self.review_again_by < today
