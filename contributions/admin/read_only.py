"""Rows that staff reads and decides on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse


def counted(count: int, what: str) -> str:
    """A number with what it counts, in the plural where that is right."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows come from visitors and from actions; nobody types or deletes them here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        unsaved = {"show_save": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, unsaved)
