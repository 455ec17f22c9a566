"""The queue of errors that visitors reported."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from codes.actions import corrections
from codes.admin.ask_first import Question, asks_first, erased_for_good
from codes.models import Correction, CorrectionState


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """State and public sentence; the public log cannot hold an empty one."""

    class Meta:
        model = Correction
        fields = ("state", "statement")
        widgets = {"statement": forms.Textarea(attrs={"rows": 3, "cols": 90})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == CorrectionState.PUBLISHED and not cleaned.get("statement"):
            raise ValidationError({"statement": "Say what was wrong and what is right now."})
        return cleaned


def _close(
    desk: Any, request: HttpRequest, found: list[Correction], marks: Mapping[int, str], why: str
) -> None:
    count = corrections.answer_all(found, CorrectionState.CLOSED, timezone.localdate())
    messages.success(request, f"{count:,} closed.")


def _reopen(
    desk: Any, request: HttpRequest, found: list[Correction], marks: Mapping[int, str], why: str
) -> None:
    said = [each for each in found if each.statement]
    count = corrections.answer_all(said, CorrectionState.PUBLISHED, timezone.localdate())
    count += corrections.answer_all(
        [each for each in found if not each.statement], CorrectionState.WAITING, timezone.localdate()
    )
    messages.success(request, f"{count:,} opened again.")


def _line(correction: Correction) -> str:
    parts = (correction.page, correction.get_state_display(), correction.what_is_wrong, correction.statement)
    return " · ".join(filter(None, parts))


close = asks_first(
    "close",
    "Close",
    "change",
    Question(
        "Close {}",
        "What is in the public log goes off it. “Open again” brings it back with its sentence, as of today.",
        "",
        _line,
    ),
    _close,
)
reopen = asks_first(
    "reopen",
    "Open again",
    "change",
    Question(
        "Open {} again", "What has a public sentence goes into the public log; the others wait.", "", _line
    ),
    _reopen,
)


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was reported is read, never changed; staff adds a state and a public sentence."""

    form = CorrectionForm
    list_display = ("page", "what_is_wrong", "received_on", "state")
    list_filter = ("state", "received_on")
    search_fields = ("page", "what_is_wrong", "statement")
    fields = ("where", "what_is_wrong", "source", "received_on", "state", "statement", "published_on")
    readonly_fields = ("where", "what_is_wrong", "source", "received_on", "published_on")

    actions = (close, reopen, erased_for_good)

    @admin.display(description="Page")
    def where(self, correction: Correction) -> SafeString | str:
        """A link to the page, in a tab of its own; the words alone where they are no address of ours."""
        if not url_has_allowed_host_and_scheme(correction.page, None) or correction.page[:1] != "/":
            return correction.page
        return format_html('<a href="{0}" target="_blank" rel="noopener">{0}</a>', correction.page)

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """What is in the public log is closed first, which can be taken back."""
        if obj is not None and obj.state == CorrectionState.PUBLISHED:
            return False
        return super().has_delete_permission(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Correction]) -> None:
        """Those in the public log stay."""
        if kept := queryset.filter(state=CorrectionState.PUBLISHED).count():
            messages.warning(request, f"{kept:,} of them are in the public log and stay. Close them first.")
        super().delete_queryset(request, queryset.exclude(state=CorrectionState.PUBLISHED))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        corrections.answer(obj, timezone.localdate())
