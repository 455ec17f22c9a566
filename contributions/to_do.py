"""What there is to do for staff, and how much of it: the front page of the admin shows it, and a mail each day."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from codes.models import Correction, Tip, TipState
from codes.queries.tip_queues import to_do
from contributions.models import Report
from contributions.reports.choices import ReportState


class ToDo(NamedTuple):
    """A list that staff with a permission works through; `rows` is None where they are not counted. `is_mailed` says
    whether the daily mail counts it: work that others wait for, not one's own drafts."""

    permission: str
    title: str
    page: str
    query: str = ""
    rows: Callable[[int], QuerySet[Any]] | None = None
    is_mailed: bool = False


class Waiting(NamedTuple):
    """A list as a member of staff sees it: how many rows, or None where they are not counted."""

    title: str
    address: str
    number: int | None


def _tips(name: str) -> Callable[[int], QuerySet[Any]]:
    return lambda staff: to_do(Tip.objects.all(), name, staff)


TIPS, CORRECTIONS, REPORTS = (
    f"{table}_changelist" for table in ("codes_tip", "codes_correction", "contributions_report")
)
LISTS = (
    ToDo("codes.publish_tip", "Tips that wait for my review", TIPS, "?todo=review", _tips("review"), True),
    ToDo("codes.change_tip", "My drafts", TIPS, "?todo=mine", _tips("mine")),
    ToDo("codes.view_tip", "Tips past their review date", TIPS, "?todo=again", _tips("again"), True),
    ToDo("codes.view_tip", "Tips to review within 30 days", TIPS, "?todo=soon", _tips("soon")),
    ToDo(
        "codes.view_tip",
        "Retired tips",
        TIPS,
        "?state__exact=retired",
        lambda _: Tip.objects.filter(state=TipState.RETIRED),
    ),
    ToDo("codes.view_tip", "Tips that contradict the data", "codes_tip_stale"),
    ToDo(
        "codes.view_correction",
        "Errors that visitors reported",
        CORRECTIONS,
        "?state__exact=waiting",
        lambda _: Correction.objects.filter(state="waiting"),
        True,
    ),
    ToDo(
        "contributions.change_report",
        "Denial reports held for review",
        REPORTS,
        "?state__exact=held",
        lambda _: Report.objects.filter(state=ReportState.HELD),
        True,
    ),
    ToDo(
        "contributions.change_report",
        "Notes to read",
        REPORTS,
        "?note=yes",
        lambda _: Report.objects.exclude(note=""),
        True,
    ),
)


def lists_of(user: User, mailed_only: bool = False) -> list[Waiting]:
    """Each list that this member of staff may work through."""
    return [
        Waiting(
            each.title,
            reverse(f"admin:{each.page}") + each.query,
            each.rows(user.pk).count() if each.rows else None,
        )
        for each in LISTS
        if user.has_perm(each.permission) and (each.is_mailed or not mailed_only)
    ]
