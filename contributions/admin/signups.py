"""The mailing list of the toolkit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from codes.admin.ask_first import erased_for_good
from contributions.admin.read_only import ReadOnly
from contributions.models import ToolkitSignup
from contributions.reports.erasing import forget_former_pages


@admin.register(ToolkitSignup)
class ToolkitSignupAdmin(ReadOnly):
    """The mailing list. Staff may erase an address whose owner asks for it, and change nothing."""

    actions = (erased_for_good,)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ToolkitSignup]) -> None:
        super().delete_queryset(request, queryset)
        forget_former_pages()

    def delete_model(self, request: HttpRequest, obj: ToolkitSignup) -> None:
        super().delete_model(request, obj)
        forget_former_pages()

    list_display = ("address", "state_of_practice", "asked_on", "confirmed_on", "left_on", "edition")
    list_filter = ("asked_on", "confirmed_on", "left_on", "state_of_practice")
    search_fields = ("address",)
    readonly_fields = tuple(field.name for field in ToolkitSignup._meta.fields if field.name != "id")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
