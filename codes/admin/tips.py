"""Billing tips: written by editors, read and published by reviewers, with all their former versions."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from simple_history.admin import SimpleHistoryAdmin

from codes.actions import tips as actions
from codes.admin.ask_first import ask
from codes.admin.tip_form import TipForm, rule_choices, step_in, words_of_rule
from codes.admin.tip_lists import STEPS, STEPS_FROM, TodoFilter, bulk, question, step_label, take, titled
from codes.admin.tip_preview import may_be_framed, preview
from codes.admin.tip_versions import WholeTexts, differences
from codes.links import code_address
from codes.models import Tip, TipState
from codes.models.tip import WORDS, digest_of
from codes.queries.releases import calendar
from codes.queries.tip_check import check, page_code, stale
from codes.tips.placeholders import PLACEHOLDERS

REVIEW = ("state", "author", "reviewer", "reviewed_on", "unreviewed_because", "review_again_by")
FROM_PAGE = "page"  # the value of a step's button on the code page, to which its answer leads back


@admin.register(Tip)
class TipAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """What is published is never rewritten here: saving it makes a draft of a change, which another publishes."""

    class Media:
        js = (forms.Script("js/tip_form.js", type="module"),)

    form = TipForm
    list_display = ("subject", "text", "state", "author", "review_again_by")
    list_display_links = ("subject", "text")
    list_filter = (
        TodoFilter,
        "state",
        ("payer", titled(admin.ChoicesFieldListFilter, "kind of payer")),
        ("from_project", titled(admin.BooleanFieldListFilter, "came with MedPayIQ")),
    )
    search_fields = ("=code", "family", "text", "impact", "source_title", "source_section", "=first_code")
    ordering = ("code", "order", "pk")
    list_per_page = 50
    readonly_fields = (
        *("placeholders", "standing", "what_it_changes", "checked"),
        *REVIEW,
    )
    fieldsets = (
        (None, {"fields": ("standing", "what_it_changes", "checked")}),
        ("What it is about: a code, a family, or a range", {"fields": (*WORDS[:2], WORDS[2:4], "order")}),
        ("What it says", {"fields": ("text", "impact", "placeholders", "payer")}),
        (
            "Where CMS or the payer says it",
            {
                "fields": ("source_title", "source_section", "source_link"),
                "description": "Needed to publish, unless the impact is worked out from a placeholder. "
                "A percentage or a fraction always needs one.",
            },
        ),
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
        own = self.admin_site.admin_view
        stale_list = path("stale/", own(self.stale), name="codes_tip_stale")
        beside = path("preview/", own(self.preview_beside), name="codes_tip_preview")
        return [stale_list, beside, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those of the list; to publish without a review is offered to nobody who could have one."""
        found: dict[str, Any] = super().get_actions(request)
        if not actions.is_alone(request.user):  # type: ignore[arg-type]
            found.pop("publish_alone", None)
        return found

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

    def get_fieldsets(self, request: HttpRequest, obj: Tip | None = None) -> Any:
        """A new tip has no standing and no review to tell of yet, and a draft no reviewer."""
        if obj is None:
            return self.fieldsets[1:]
        return (*self.fieldsets, ("Review", {"fields": [name for name in REVIEW if getattr(obj, name)]}))

    @xframe_options_exempt
    def preview_beside(self, request: HttpRequest) -> HttpResponse:
        """What the frame beside the form shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return preview(request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {**initial, **words_of_rule(request.GET.get("rule", ""))}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        step = step_in(request.POST)
        tip = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and step and tip and not self.edited(request, tip):
            return self.take_step(request, tip, step)
        offered = self.offered(request, tip) if tip else self.offered_anew(request)
        context = {**offered, **(extra_context or {})}
        return may_be_framed(super().changeform_view(request, object_id, form_url, context))

    def offered_anew(self, request: HttpRequest) -> dict[str, Any]:
        """What the form of a new tip begins with: a claim rule, and the page of the code in the address."""
        code, rule = (request.GET.get(name, "").strip() for name in ("code", "rule"))
        beside = f"{reverse('admin:codes_tip_preview')}?{urlencode({'code': code, 'rule': rule})}"
        return {
            "rules": rule_choices(code.upper()),
            "asked_code": code,
            "asked_rule": rule,
            "preview_beside": beside,
        }

    def offered(self, request: HttpRequest, tip: Tip) -> dict[str, Any]:
        """What may be done with a tip, as its page needs it."""
        steps = [
            (name, step_label(tip, name))
            for name in STEPS_FROM[TipState(tip.state)]
            if self.may(request, tip, name)
        ]
        alone = actions.is_alone(request.user)  # type: ignore[arg-type]
        waits = (
            not alone
            and tip.state in (TipState.DRAFT, TipState.IN_REVIEW)
            and tip.author_id == request.user.pk
        )
        context = {"steps": steps, "preview": preview_address(tip), "digest": tip.digest, "own": waits}
        beside = f"{reverse('admin:codes_tip_preview')}?tip={tip.pk}"
        return {**context, "sent_back": actions.sent_back_because(tip), "preview_beside": beside}

    def edited(self, request: HttpRequest, tip: Tip) -> bool:
        """Whether the form holds words that are neither stored nor those that the page had when it was opened."""
        if "text" not in request.POST:
            return False
        form = self.get_form(request, tip)(request.POST, instance=copy(tip))
        invalid = set(form.errors) - {NON_FIELD_ERRORS}
        return form.has_changed() and (
            bool(invalid) or digest_of(form.instance) != request.POST.get("read", "")
        )

    def may(self, request: HttpRequest, tip: Tip, step: str) -> bool:
        """Whether this member of staff may take a step with a tip. An author may give up a draft of their own, and
        does not publish it."""
        if step == "_retire" and tip.state == TipState.DRAFT and tip.author_id == request.user.pk:
            return bool(self.has_change_permission(request))
        own = tip.author_id == request.user.pk
        if step == "_publish_alone" or (own and step == "_confirm"):
            if not (own and actions.is_alone(request.user)):  # type: ignore[arg-type]
                return False
        elif own and step == "_publish":
            return False
        publishes = STEPS[step].permission == "publish"
        allowed = self.has_publish_permission if publishes else self.has_change_permission
        return bool(allowed(request))

    def take_step(self, request: HttpRequest, tip: Tip, step: str) -> HttpResponse:
        """One step in the life of a tip, with the words that the page had. What takes words off the site, or a change
        out of it, asks first."""
        if not self.may(request, tip, step):
            raise PermissionDenied
        off_the_page = step == "_retire" and (tip.state == TipState.PUBLISHED or tip.replaces_id)
        if off_the_page or step in ("_send_back", "_publish_alone"):
            return ask(self, request, step.strip("_"), question(step), [tip], back=request.path)
        read = request.POST.get("read", "")
        done = take(request, [tip], step, {tip.pk: read})
        if not done and read != tip.digest:
            self.report_changes(request, tip, read)
        if done and request.POST[step] == FROM_PAGE:
            return HttpResponseRedirect(f"{page_address(done[0])}#tips")
        return HttpResponseRedirect(change_address(done[0] if done else tip))

    def report_changes(self, request: HttpRequest, tip: Tip, read: str) -> None:
        """The words that were read beside those that are stored now."""
        seen = next((version for version in tip.history.all() if digest_of(version) == read), None)
        if seen is not None:
            messages.warning(request, differences(seen, tip))

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
        if wrong := actions.objections([obj], timezone.localdate()).get(obj.pk):
            messages.warning(request, f"It cannot be published as it stands: {wrong}")
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
        found = check(calendar(), [tip], timezone.localdate())
        items = ((each,) for finding in found for each in finding.contradictions)
        listed = format_html_join("", "<li>Contradiction: {}</li>", items)
        return format_html('<ul class="errorlist">{}</ul>', listed) if listed else "No contradiction"


def change_address(tip: Tip) -> str:
    """The page of the admin where a tip is changed."""
    return reverse("admin:codes_tip_change", args=[tip.pk])


def preview_address(tip: Tip) -> str:
    """The code page with the tip on it as it stands; the list where no code of its subject is loaded."""
    page = page_address(tip)
    return f"{page}?preview={tip.pk}#tips" if page else reverse("admin:codes_tip_changelist")


def page_address(tip: Tip) -> str:
    """The page of a code that the tip is about; "" where none is loaded."""
    code = page_code(calendar(), tip, timezone.localdate())
    return code_address(code) if code else ""
