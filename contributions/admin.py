"""The queues of staff: what waits, what was decided and why. Nothing here says more than the privacy page does."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from codes.admin.ask_first import Question, asks_first, erased_for_good
from codes.formatting import day
from contributions.models import Decision, Report, Snapshot, ToolkitSignup
from contributions.reports import actions, alarms
from contributions.reports.choices import ReportState
from contributions.reports.erasing import forget_former_pages


def _counted(count: int, what: str) -> str:
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


class ReasonForm(ActionForm):
    """The reason of a bulk decision, for the audit trail."""

    why = forms.CharField(label="Reason", required=False, max_length=200)


class DecisionInline(admin.TabularInline):  # type: ignore[type-arg]
    """The audit trail of a report."""

    model = Decision
    extra = 0
    can_delete = False
    fields = readonly_fields = ("state", "reason", "staff_member", "decided_on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HasNote(admin.SimpleListFilter):
    title = "note"
    parameter_name = "note"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Waiting to be read")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return queryset.exclude(note="") if self.value() else queryset


def _line(report: Report) -> str:
    """A report as a page that asks shows it."""
    parts = (
        report.code,
        report.reason,
        report.get_payer_kind_display(),
        day(report.received_on),
        report.note,
    )
    return " · ".join(filter(None, map(str, parts)))


def _reject(
    desk: Any, request: HttpRequest, reports: list[Report], marks: Mapping[int, str], why: str
) -> None:
    desk._decide(request, reports, ReportState.REJECTED)


def _erase(
    desk: Any, request: HttpRequest, reports: list[Report], marks: Mapping[int, str], why: str
) -> None:
    count = actions.erase_notes(reports)
    desk.message_user(request, f"{_counted(count, 'note')} erased.", messages.SUCCESS)


def _take_down(
    desk: Any, request: HttpRequest, shown: list[Snapshot], marks: Mapping[int, str], why: str
) -> None:
    count = actions.take_down(shown)
    desk.message_user(request, f"{_counted(count, 'snapshot')} taken down.", messages.SUCCESS)


reject = asks_first(
    "reject",
    "Reject",
    "change",
    Question(
        "Reject",
        "They no longer count, and what a code shows may go with them. Accept them again to bring them back.",
        "Reason, for the audit trail",
        _line,
    ),
    _reject,
)
erase_notes = asks_first(
    "erase_notes",
    "Erase the notes: they are dealt with",
    "change",
    Question("Erase the notes of", "Nothing brings a note back; the reports stay.", "", _line),
    _erase,
)
take_down = asks_first(
    "take_down",
    "Take down: five new reporters bring a new one",
    "change",
    Question("Take down", "Nothing brings them back but five new reporters a code."),
    _take_down,
)


@admin.register(Report)
class ReportAdmin(ReadOnly):
    """Queues by state, decisions in bulk with a reason, notes beside the way to a tip."""

    change_list_template = "contributions/admin_reports.html"
    action_form = ReasonForm
    actions = ("accept", reject, erase_notes)
    list_display = ("code", "reason", "payer_kind", "modifiers", "decision", "received_on", "note_and_tip")
    list_filter = ("state", HasNote, "received_on", "payer_kind", "held_because")
    search_fields = ("code", "reason")
    ordering = ("-received_on", "-pk")
    inlines = (DecisionInline,)
    readonly_fields = tuple(field.name for field in Report._meta.fields if field.name != "id")

    @admin.display(description="decision", ordering="state")
    def decision(self, report: Report) -> str:
        """What was decided, and which rule a report waits for."""
        return f"Held: {report.held_because}" if report.held_because else ReportState(report.state).label

    @admin.display(description="note")
    def note_and_tip(self, report: Report) -> str:
        """The note beside the way to a tip in our own words; nothing of the note is carried over."""
        if not report.note:
            return ""
        link = format_html(
            '<a href="{}?code={}">Turn into a tip</a>', reverse("admin:codes_tip_add"), report.code
        )
        return format_html("{} {}", Truncator(report.note).chars(80), link)

    @admin.action(description="Accept, with the reason given", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._decide(request, queryset, ReportState.ACCEPTED)

    def _decide(self, request: HttpRequest, reports: Iterable[Report], state: ReportState) -> None:
        why = request.POST.get("why", "").strip()[:200]
        if not why:
            self.message_user(request, "Give a reason: it goes into the audit trail.", messages.ERROR)
            return
        staff_member = request.user.get_username()
        count = actions.decide(reports, state, staff_member, why, timezone.localdate())
        self.message_user(request, f"{_counted(count, 'report')} {state.label.lower()}.", messages.SUCCESS)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        alarm = [*alarms.bursts(timezone.localdate()), *alarms.shifts()]
        return super().changelist_view(request, {**(extra_context or {}), "alarms": alarm})


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    """What is shown, and the way to take it down at once."""

    actions = (take_down,)
    list_display = ("code", "floor", "kind", "shown", "taken_on")
    list_filter = ("shown", "kind", "taken_on")
    search_fields = ("code",)
    readonly_fields = tuple(field.name for field in Snapshot._meta.fields if field.name != "id")


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
