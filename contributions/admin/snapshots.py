"""What the public is shown of a code's reports, and the way to take it down."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from codes.admin.ask_first import Question, asks_first
from contributions.admin.read_only import ReadOnly, counted
from contributions.models import Snapshot
from contributions.reports import actions


def _take_down(
    desk: Any, request: HttpRequest, shown: list[Snapshot], marks: Mapping[int, str], why: str
) -> None:
    count = actions.take_down(shown)
    desk.message_user(request, f"{counted(count, 'snapshot')} taken down.", messages.SUCCESS)


take_down = asks_first(
    "take_down",
    "Take down: five new reporters bring a new one",
    "change",
    Question("Take down {}", "Nothing brings them back but five new reporters a code."),
    _take_down,
)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    """What is shown, and the way to take it down at once."""

    actions = (take_down,)
    list_display = ("code", "floor", "kind", "shown", "taken_on")
    list_filter = ("shown", "kind", "taken_on")
    search_fields = ("code",)
    readonly_fields = tuple(field.name for field in Snapshot._meta.fields if field.name != "id")
