"""How the list of tips is narrowed, and what is done to many of them at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from codes.actions import tips as actions
from codes.models import Tip, TipState

Step = Callable[[Tip, User], Tip]

STEPS: dict[str, tuple[str, str, Step]] = {
    "_submit": ("Ask for a review", "change", actions.submit),
    "_publish": ("Publish", "publish", lambda tip, by: actions.publish(tip, by, timezone.localdate())),
    "_send_back": ("Send back to the author", "publish", actions.send_back),
    "_confirm": ("Still true", "publish", lambda tip, by: actions.confirm(tip, by, timezone.localdate())),
    "_retire": ("Retire", "publish", actions.retire),
}
DONE = {
    "_submit": "sent for review",
    "_publish": "published",
    "_send_back": "sent back to the author",
    "_confirm": "confirmed as still true",
    "_retire": "taken out of use",
}
STEPS_FROM = {
    TipState.DRAFT: ("_submit", "_retire"),
    TipState.IN_REVIEW: ("_publish", "_send_back", "_retire"),
    TipState.PUBLISHED: ("_confirm", "_retire"),
    TipState.RETIRED: (),
}


def step_label(tip: Tip, name: str) -> str:
    """A step as its button says it: what was never published is given up, not retired."""
    if name == "_retire" and tip.state != TipState.PUBLISHED:
        return "Give up this change" if tip.replaces_id else "Give up this draft"
    return STEPS[name][0]


def titled(kind: type[admin.FieldListFilter], title: str) -> type[admin.FieldListFilter]:
    """A filter of the list with a title of its own, since the name of a field seldom reads as one."""

    class Titled(kind):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self.title = title

    return Titled


class TodoFilter(admin.SimpleListFilter):
    """The lists that staff works through."""

    title = "to do"
    parameter_name = "todo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("review", "Waits for my review"),
            ("mine", "My drafts"),
            ("again", "Past its review date"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tip]) -> QuerySet[Tip]:
        return to_do(queryset, self.value() or "", request.user.pk)


def to_do(tips: QuerySet[Tip], name: str, staff: int | None) -> QuerySet[Tip]:
    """The tips of a list that a member of staff works through; all of them for a name that is none."""
    if name == "review":
        return tips.filter(state=TipState.IN_REVIEW).exclude(author_id=staff)
    if name == "mine":
        return tips.filter(state=TipState.DRAFT, author_id=staff)
    if name == "again":
        return tips.filter(state=TipState.PUBLISHED, review_again_by__lt=timezone.localdate())
    return tips


def take(request: HttpRequest, tips: QuerySet[Tip] | list[Tip], name: str) -> list[Tip]:
    """Take one step with each tip; tell how many were done, and why others were not."""
    step = STEPS[name][2]
    done = []
    for tip in tips:
        try:
            done.append(step(tip, request.user))  # type: ignore[arg-type]
        except actions.Refused as refusal:
            messages.error(request, f"{tip}: {refusal}")
    if done:
        messages.success(request, f"{len(done)} tip{'' if len(done) == 1 else 's'} {DONE[name]}.")
    return done


def bulk(name: str) -> Any:
    """A step as an action of the list."""
    label, permission, _ = STEPS[name]

    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Tip]) -> None:
        take(request, queryset, name)

    act.__name__ = name.strip("_")
    return admin.action(description=label, permissions=[permission])(act)
