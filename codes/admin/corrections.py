"""The queue of errors that visitors reported."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from codes.actions import corrections
from codes.models import Correction, CorrectionState


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """State and public sentence; the public log cannot hold an empty one."""

    class Meta:
        model = Correction
        fields = ("state", "statement")
        widgets = {"statement": forms.Textarea(attrs={"rows": 3, "cols": 90})}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("state") == CorrectionState.PUBLISHED and not given.get("statement"):
            raise ValidationError({"statement": "Say what was wrong and what is right now."})
        return given


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was reported is read, never changed; staff adds a state and a public sentence."""

    form = CorrectionForm
    list_display = ("page", "what_is_wrong", "received_on", "state")
    list_filter = ("state", "received_on")
    search_fields = ("page", "what_is_wrong", "statement")
    fields = ("page", "what_is_wrong", "source", "received_on", "state", "statement", "published_on")
    readonly_fields = ("page", "what_is_wrong", "source", "received_on", "published_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        corrections.answer(obj, timezone.localdate())
