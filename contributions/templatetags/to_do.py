"""The front page of the admin: what there is to do, and how much of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import template
from django.db.models import QuerySet
from django.urls import reverse

from codes.admin.tip_lists import to_do
from codes.models import Correction, Tip, TipState
from contributions.models import Report
from contributions.reports.choices import ReportState

register = template.Library()


class ToDo(NamedTuple):
    """A list that staff with a permission works through; `rows` is None where they are not counted."""

    permission: str
    title: str
    page: str
    query: str = ""
    rows: Callable[[int], QuerySet[Any]] | None = None


def _tips(name: str) -> Callable[[int], QuerySet[Any]]:
    return lambda staff: to_do(Tip.objects.all(), name, staff)


TIPS, CORRECTIONS, REPORTS = (
    f"{table}_changelist" for table in ("codes_tip", "codes_correction", "contributions_report")
)
LISTS = (
    ToDo("codes.publish_tip", "Tips that wait for my review", TIPS, "?todo=review", _tips("review")),
    ToDo("codes.change_tip", "My drafts", TIPS, "?todo=mine", _tips("mine")),
    ToDo("codes.view_tip", "Tips past their review date", TIPS, "?todo=again", _tips("again")),
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
    ),
    ToDo(
        "contributions.change_report",
        "Denial reports held for review",
        REPORTS,
        "?state__exact=held",
        lambda _: Report.objects.filter(state=ReportState.HELD),
    ),
    ToDo(
        "contributions.change_report",
        "Notes to read",
        REPORTS,
        "?note=yes",
        lambda _: Report.objects.exclude(note=""),
    ),
)


@register.simple_tag(takes_context=True)
def lists_of_staff(context: template.Context) -> list[tuple[str, str, int | None]]:
    """(title, address, how many) of each list that this member of staff may work through."""
    user = context["request"].user
    return [
        (
            each.title,
            reverse(f"admin:{each.page}") + each.query,
            each.rows(user.pk).count() if each.rows else None,
        )
        for each in LISTS
        if user.has_perm(each.permission)
    ]
