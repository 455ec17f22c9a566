"""Billing tips: written by editors, read and published by reviewers, with all their former versions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from simple_history.admin import SimpleHistoryAdmin

from codes.actions import tips as actions
from codes.admin.tip_lists import STEPS, STEPS_FROM, TodoFilter, bulk, step_label, take, titled
from codes.admin.tip_versions import WholeTexts, differences
from codes.models import Tip, TipState
from codes.models.tip import WORDS
from codes.queries.releases import calendar
from codes.queries.tip_check import check, page_code, stale
from codes.tips.placeholders import PLACEHOLDERS, mistakes
from codes.views.address import code_address


class TipForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of a tip. A wrong placeholder is refused with the list of right ones."""

    source_link = forms.URLField(
        max_length=300, required=False, assume_scheme="https", widget=forms.URLInput(attrs={"size": 90})
    )

    class Meta:
        model = Tip
        fields = WORDS
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4, "cols": 90}),
            "impact": forms.Textarea(attrs={"rows": 2, "cols": 90}),
            "source_title": forms.TextInput(attrs={"size": 90}),
            "source_section": forms.TextInput(attrs={"size": 90}),
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("text", "impact"):
            for told in mistakes(given.get(name, "")):
                self.add_error(name, told)
        return given


@admin.register(Tip)
class TipAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """What is published is never rewritten here: saving it makes a draft of a change, which another publishes."""

    form = TipForm
    list_display = ("subject", "text", "state", "author", "review_again_by")
    list_display_links = ("subject", "text")
    list_filter = (
        TodoFilter,
        "state",
        ("payer", titled(admin.ChoicesFieldListFilter, "kind of payer")),
        ("from_project", titled(admin.BooleanFieldListFilter, "words of the project")),
    )
    search_fields = ("=code", "family", "text", "impact", "source_title", "source_section", "=first_code")
    ordering = ("code", "order", "pk")
    list_per_page = 50
    readonly_fields = (
        *(
            "placeholders",
            "standing",
            "what_it_changes",
            "checked",
            "state",
            "author",
            "reviewer",
            "reviewed_on",
            "review_again_by",
        ),
    )
    fieldsets = (
        (None, {"fields": ("standing", "what_it_changes", "checked")}),
        ("What it is about: a code, a family, or a range", {"fields": (*WORDS[:2], WORDS[2:4], "order")}),
        ("What it says", {"fields": ("text", "impact", "placeholders", "payer")}),
        (
            "Where CMS or the payer says it",
            {
                "fields": ("source_title", "source_section", "source_link"),
                "description": "Needed to publish, unless the impact is worked out from a placeholder.",
            },
        ),
        ("Review", {"fields": ("state", "author", "reviewer", "reviewed_on", "review_again_by")}),
    )
    actions = [bulk(name) for name in STEPS]
    change_form_template = "admin/codes/tip/change_form.html"
    change_list_template = "admin/codes/tip/change_list.html"
    object_history_template = "admin/codes/tip/history.html"
    object_history_list_template = "admin/codes/tip/history_list.html"
    object_history_form_template = "admin/codes/tip/version.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tip]:
        return super().get_queryset(request).select_related("author", "reviewer")  # type: ignore[no-any-return]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("codes.publish_tip")

    def has_delete_permission(self, request: HttpRequest, obj: Tip | None = None) -> bool:
        """Tips are retired and keep their history."""
        return False

    def get_urls(self) -> list[Any]:
        stale_list = path("stale/", self.admin_site.admin_view(self.stale), name="codes_tip_stale")
        return [stale_list, *super().get_urls()]

    def stale(self, request: HttpRequest) -> HttpResponse:
        """The published tips that contradict the data in force today, and which of them are new."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        release, found = stale(calendar(), timezone.localdate())
        context = {
            **self.admin_site.each_context(request),
            "title": "Tips that contradict the data",
            "opts": self.model._meta,
            "release": release,
            "found": found,
        }
        return TemplateResponse(request, "admin/codes/tip/stale.html", context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        step = next((name for name in STEPS if name in request.POST), None)
        if request.method == "POST" and step and object_id and "text" not in request.POST:
            return self.take_step(request, object_id, step)
        tip = self.get_object(request, object_id) if object_id else None
        offered = (
            [(name, step_label(tip, name)) for name in STEPS_FROM[tip.state] if self.may(request, tip, name)]
            if tip
            else []
        )
        context = {"steps": offered, "preview": preview_address(tip) if tip else "", **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[no-any-return]

    def may(self, request: HttpRequest, tip: Tip, step: str) -> bool:
        """Whether this member of staff may take a step with a tip. An author may give up a draft of their own, and
        does not publish it."""
        if step == "_retire" and tip.state == TipState.DRAFT and tip.author_id == request.user.pk:
            return bool(self.has_change_permission(request))
        if step in ("_publish", "_confirm") and tip.author_id == request.user.pk:
            return False
        publishes = STEPS[step][1] == "publish"
        allowed = self.has_publish_permission if publishes else self.has_change_permission
        return bool(allowed(request))

    def take_step(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """One step in the life of a tip; its words are left as they were last saved."""
        tip = self.get_object(request, object_id)
        if tip is None or not self.may(request, tip, step):
            raise PermissionDenied
        done = take(request, [tip], step)
        return HttpResponseRedirect(change_address(done[0] if done else tip))

    def save_model(self, request: HttpRequest, obj: Tip, form: Any, change: bool) -> None:
        """A draft is kept, or made beside the published tip; `obj` is then that draft."""
        published = obj.pk
        written = actions.write(obj, request.user)  # type: ignore[arg-type]
        obj.__dict__.update(written.__dict__)
        if change and written.pk != published:
            messages.info(
                request, "The published words stay on the page until this change has been reviewed."
            )

    def response_add(
        self, request: HttpRequest, obj: Tip, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Tip) -> HttpResponse:
        """To the preview where that was asked for, else to the draft that was kept."""
        if "_preview" in request.POST:
            return HttpResponseRedirect(preview_address(obj))
        messages.success(request, "Kept as a draft.")
        return HttpResponseRedirect(change_address(obj))

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **context: Any) -> HttpResponse:
        """The former versions of a tip. The library takes a key that is no number for a number."""
        if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 19):
            raise Http404
        response: HttpResponse = super().history_view(request, object_id, *args, **context)
        return response

    def get_historical_record_context_helper(self, request: HttpRequest, record: Any) -> Any:
        return WholeTexts(record)

    def history_form_view_title(self, request: HttpRequest, obj: Tip) -> str:
        return f"A former version of {obj.subject}"

    @admin.display(description="Placeholders")
    def placeholders(self, tip: Tip) -> SafeString:
        rows = ((f"{{{name}}}", words) for name, words in PLACEHOLDERS.items())
        return format_html_join(mark_safe("<br>"), "<code>{}</code> {}", rows)

    @admin.display(description="Standing")
    def standing(self, tip: Tip) -> SafeString | str:
        if tip.pk is None:
            return "Not kept yet"
        if tip.replaces_id:
            address = reverse("admin:codes_tip_change", args=[tip.replaces_id])
            return format_html('A change of <a href="{}">a published tip</a>', address)
        if pending := Tip.objects.filter(replaces=tip).first():
            return format_html('Has <a href="{}">a change that waits</a>', change_address(pending))
        return "As it came with the project" if tip.from_project else "Staff's own"

    @admin.display(description="What it changes")
    def what_it_changes(self, tip: Tip) -> SafeString | str:
        if not tip.replaces_id:
            return "Nothing that is published"
        return differences(Tip.objects.get(pk=tip.replaces_id), tip)

    @admin.display(description="Against CMS's data today")
    def checked(self, tip: Tip) -> SafeString | str:
        if tip.pk is None:
            return "Checked once it is kept"
        found = check(calendar(), [tip], timezone.localdate())
        told = ((each,) for finding in found for each in finding.contradictions)
        return format_html_join("", "<li>Contradiction: {}</li>", told) or "No contradiction"


def change_address(tip: Tip) -> str:
    """The page of the admin where a tip is changed."""
    return reverse("admin:codes_tip_change", args=[tip.pk])


def preview_address(tip: Tip) -> str:
    """The code page with the tip on it as it stands; the list where no code of its subject is loaded."""
    code = page_code(calendar(), tip, timezone.localdate())
    return f"{code_address(code)}?preview={tip.pk}#tips" if code else reverse("admin:codes_tip_changelist")
