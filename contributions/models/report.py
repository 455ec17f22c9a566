"""One denial as a visitor reports it, its receipts, what staff decided, and the form tokens that are used up."""

from django.db import models
from django.db.models import Q

from codes.denials.group_codes import GroupCode
from contributions.models.reporter import ReporterOrdinal
from contributions.reports.choices import Action, Band, Payer, ReportOutcome, ReportState, Stage, WhatWorked

LONGEST_NOTE = 300


class Report(models.Model):
    """One denial. All answers are closed choices but the note, which only staff read.

    `received_on` is a day, `month` the month of the denial as "2026-07" or empty: no time is kept, and no day of
    the denial. `modifiers` and `remarks` hold codes with a blank between them. An empty answer was not given.
    `in_snapshot` says that the snapshot that is shown counts the report with the answers that stand here.
    """

    reporter = models.ForeignKey(ReporterOrdinal, models.PROTECT, related_name="reports")
    code = models.CharField(max_length=5)
    payer_kind = models.CharField(max_length=16, choices=Payer)
    reason = models.CharField(max_length=5, help_text="The number of the adjustment reason, or other")
    group_code = models.CharField(max_length=2, choices=GroupCode, blank=True)
    remarks = models.CharField(max_length=11, blank=True)
    modifiers = models.CharField(max_length=11, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True)
    state_of_practice = models.CharField("state", max_length=2, blank=True)
    denied_band = models.CharField("amount denied", max_length=4, choices=Band, blank=True)
    month = models.CharField("month of the denial", max_length=7, blank=True)
    stage = models.CharField(max_length=8, choices=Stage, blank=True)
    action = models.CharField(max_length=12, choices=Action, blank=True)
    outcome = models.CharField(max_length=12, choices=ReportOutcome, blank=True)
    what_worked = models.CharField(max_length=16, choices=WhatWorked, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True, help_text="For staff only, never published")
    state = models.CharField("decision", max_length=8, choices=ReportState, default=ReportState.RECEIVED)
    held_because = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()
    in_snapshot = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        indexes = (
            # The accepted reports of a code, when its snapshot is taken.
            models.Index(fields=["code", "state"], name="report_by_code_and_state"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["reporter", "payer_kind", "reason", "month"],
                name="one_report_a_reporter_payer_reason_month",
            ),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(condition=Q(month__length__in=[0, 7]), name="denial_month_is_no_day"),
            models.CheckConstraint(condition=Q(note__length__lte=LONGEST_NOTE), name="note_is_short"),
            models.CheckConstraint(condition=Q(payer_kind__in=Payer.values), name="payer_kind_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="report_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}, {self.get_payer_kind_display()}"


class Receipt(models.Model):
    """The hash of a receipt that was shown once. A report that was sent again has one for each sending."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="receipts")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"Receipt of report {self.report_id}"


class Decision(models.Model):
    """What staff decided about a report, who of the staff, on which day and why."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="decisions")
    state = models.CharField(max_length=8, choices=ReportState)
    reason = models.CharField(max_length=200, blank=True)
    staff_member = models.CharField(max_length=150)
    decided_on = models.DateField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="decision_state_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_state_display()} by {self.staff_member} on {self.decided_on:%Y-%m-%d}"


class SpentToken(models.Model):
    """A form that was sent: its token is good for nothing any more. Kept two days, longer than a token lives."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_on = models.DateField()

    def __str__(self) -> str:
        return f"Spent on {self.spent_on:%Y-%m-%d}"
