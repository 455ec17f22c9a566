"""Denial reports: queues by state, decisions with a reason, notes beside the way to a tip."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from codes.admin.ask_first import Question, ask, asks_first
from codes.formatting import day
from contributions.admin.read_only import ReadOnly, counted
from contributions.models import Decision, Report
from contributions.reports import actions, alarms
from contributions.reports.choices import ReporterKind, ReportState

LIST = "admin:contributions_report_changelist"
NO_REASON = "Give a reason: it goes into the audit trail."
DECISIONS = {"_accept": ReportState.ACCEPTED, "_reject": ReportState.REJECTED}


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


def _together(*parts: str) -> str:
    """The parts that say something, in a line."""
    return " · ".join(filter(None, parts))


def _line(report: Report) -> str:
    """A report as a page that asks shows it."""
    payer, received = report.get_payer_kind_display(), day(report.received_on)
    return _together(report.code, report.reason, payer, received, report.note)


def _decide(request: HttpRequest, reports: list[Report], state: ReportState, why: str) -> None:
    count = actions.decide(reports, state, request.user.get_username(), why, timezone.localdate())
    messages.success(request, f"{counted(count, 'report')} {state.label.lower()}.")


def _accept(
    desk: Any, request: HttpRequest, reports: list[Report], marks: Mapping[int, str], why: str
) -> None:
    _decide(request, reports, ReportState.ACCEPTED, why)


def _reject(
    desk: Any, request: HttpRequest, reports: list[Report], marks: Mapping[int, str], why: str
) -> None:
    _decide(request, reports, ReportState.REJECTED, why)


def _erase(
    desk: Any, request: HttpRequest, reports: list[Report], marks: Mapping[int, str], why: str
) -> None:
    count = actions.erase_notes(reports)
    messages.success(request, f"{counted(count, 'note')} erased.")


REASON = "Reason, for the audit trail"
ERASE = Question("Erase the notes of {}", "Nothing brings a note back; the reports stay.", "", _line)
accept = asks_first(
    "accept",
    "Accept",
    "change",
    Question("Accept {}", "They count from the next night on.", REASON, _line),
    _accept,
)
reject = asks_first(
    "reject",
    "Reject",
    "change",
    Question(
        "Reject {}",
        "They no longer count, and what a code shows may go with them. Accept them again to bring them back.",
        REASON,
        _line,
    ),
    _reject,
)
erase_notes = asks_first("erase_notes", "Erase the notes: they are dealt with", "change", ERASE, _erase)


@admin.register(Report)
class ReportAdmin(ReadOnly):
    """A list to narrow and to decide on many at once; a page where one report is read and dealt with."""

    change_list_template = "contributions/admin_reports.html"
    change_form_template = "contributions/admin_report.html"
    actions = (accept, reject, erase_notes)
    list_display = ("code", "denial", "note_and_tip", "decision", "sender", "result", "received_on")
    list_filter = ("state", HasNote, "received_on", "payer_kind", "held_because")
    list_select_related = ("reporter",)
    search_fields = ("code", "reason")
    ordering = ("-received_on", "-pk")
    inlines = (DecisionInline,)
    fields = readonly_fields = (
        *("note", "code", "denial", "circumstances", "result"),
        *("decision", "sender", "received_on", "in_snapshot"),
    )

    def get_inlines(self, request: HttpRequest, obj: Report | None) -> Any:
        """The audit trail, once there is one."""
        return self.inlines if obj and obj.decisions.exists() else ()

    @admin.display(description="denial", ordering="reason")
    def denial(self, report: Report) -> str:
        """The payer, the reason with its remarks, and the modifiers of the line: "Commercial · CO-50 N115 · 26"."""
        reason = "-".join(filter(None, (report.group_code, report.reason)))
        return _together(
            report.get_payer_kind_display(), f"{reason} {report.remarks}".strip(), report.modifiers
        )

    @admin.display(description="where and when")
    def circumstances(self, report: Report) -> str:
        """The other answers about the denial, those that were given."""
        service = report.place_of_service and f"place of service {report.place_of_service}"
        return _together(
            *(service, report.state_of_practice, report.get_denied_band_display(), report.month),
            report.get_stage_display(),
        )

    @admin.display(description="what came of it", ordering="outcome")
    def result(self, report: Report) -> str:
        """What the sender did, how it ended, and what worked."""
        return _together(
            report.get_action_display(), report.get_outcome_display(), report.get_what_worked_display()
        )

    @admin.display(description="sender", ordering="reporter__ordinal")
    def sender(self, report: Report) -> str:
        """The number of the sender on this code in its year: reports with the same one came from one network."""
        if report.reporter.kind == ReporterKind.SAMPLE:
            return "sample"
        return f"{report.reporter.ordinal} of {report.reporter.period}"

    @admin.display(description="decision", ordering="state")
    def decision(self, report: Report) -> str:
        """What was decided, and which rule a report waits for."""
        return f"Held: {report.held_because}" if report.held_because else ReportState(report.state).label

    @admin.display(description="note")
    def note_and_tip(self, report: Report) -> str:
        """The note beside the way to a tip in our own words; nothing of the note is carried over."""
        if not report.note:
            return ""
        return format_html('{} <a href="{}">Turn into a tip</a>', report.note, tip_address(report))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One report. What is sent from here is a decision or the wish to erase the note, never the report itself."""
        report = self.get_object(request, object_id)
        if request.method == "POST" and report is not None and self.has_change_permission(request, report):
            if "_erase_note" in request.POST:
                return ask(self, request, "erase_notes", ERASE, [report], back=request.path)
            return self.decided(request, report)
        context = {"tip": report and tip_address(report), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def decided(self, request: HttpRequest, report: Report) -> HttpResponse:
        """On to the next report that is held, once this one is decided; back to it without a reason."""
        state = next((state for name, state in DECISIONS.items() if name in request.POST), None)
        why = request.POST.get("why", "").strip()[:200]
        if state is None or not why:
            messages.error(request, NO_REASON)
            return redirect(request.path)
        _decide(request, [report], state, why)
        held = Report.objects.filter(state=ReportState.HELD).order_by("pk").first()
        return redirect("admin:contributions_report_change", held.pk) if held else redirect(LIST)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        alarm = [*alarms.bursts(timezone.localdate()), *alarms.shifts()]
        return super().changelist_view(request, {**(extra_context or {}), "alarms": alarm})


def tip_address(report: Report) -> str:
    """The form of a new tip on the code of a report, with the report's note beside it."""
    return f"{reverse('admin:codes_tip_add')}?code={report.code}&report={report.pk}"
