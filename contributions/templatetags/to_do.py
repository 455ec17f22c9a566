"""The front page of the admin: what there is to do, and how much of it."""

from django import template
from django.urls import reverse

from codes.admin.tip_lists import to_do
from codes.models import Correction, Tip
from contributions.choices import State
from contributions.models import Report

register = template.Library()


@register.simple_tag(takes_context=True)
def lists_of_staff(context: template.Context) -> list[tuple[str, str, int | None]]:
    """(title, address, how many) of each list that this member of staff may work through."""
    user = context["request"].user
    tips, corrections, reports = (
        reverse(f"admin:{table}_changelist")
        for table in ("codes_tip", "codes_correction", "contributions_report")
    )
    every = (
        (
            "codes.publish_tip",
            "Tips that wait for my review",
            f"{tips}?todo=review",
            _tips("review", user.pk),
        ),
        ("codes.change_tip", "My drafts", f"{tips}?todo=mine", _tips("mine", user.pk)),
        ("codes.view_tip", "Tips past their review date", f"{tips}?todo=again", _tips("again", user.pk)),
        ("codes.view_tip", "Tips that contradict the data", reverse("admin:codes_tip_stale"), None),
        (
            "codes.view_correction",
            "Errors that visitors reported",
            f"{corrections}?state__exact=waiting",
            _errors(),
        ),
        (
            "contributions.change_report",
            "Denial reports held for review",
            f"{reports}?state__exact=held",
            _held(),
        ),
        ("contributions.change_report", "Notes to read", f"{reports}?note=yes", _notes()),
    )
    return [
        (title, address, count) for permission, title, address, count in every if user.has_perm(permission)
    ]


def _tips(name: str, staff: int) -> int:
    return to_do(Tip.objects.all(), name, staff).count()


def _errors() -> int:
    return Correction.objects.filter(state="waiting").count()


def _held() -> int:
    return Report.objects.filter(state=State.HELD).count()


def _notes() -> int:
    return Report.objects.exclude(note="").count()
