"""How the list of tips is narrowed, and what is done to many of them at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from codes.actions import tips as actions
from codes.admin.ask_first import Question, asks_first
from codes.admin.tip_versions import differences
from codes.models import Tip, TipState
from codes.queries.tip_queues import to_do

Run = Callable[[list[Tip], User, str, Mapping[int, str]], actions.StepResult]
BACK = "Choose “Restore as published” in the list of retired tips to bring them back."


@dataclass(frozen=True, slots=True)
class TipStep:
    """A step as staff sees it: its button, what it is called when done, who may, and how it is taken: with which tips,
    by whom, why, and with the digests of the words that were read. A list asks first where `outcome` says something,
    with `verb` where the label and the count alone are no question."""

    label: str
    done: str
    permission: str
    run: Run
    outcome: str = ""
    reason: str = ""
    verb: str = ""


STEPS: Mapping[str, TipStep] = {
    "_submit": TipStep(
        "Ask for a review",
        "sent for review",
        "change",
        lambda tips, by, why, _: actions.submit_all(tips, by, why),
    ),
    "_publish": TipStep(
        "Publish",
        "published",
        "publish",
        lambda tips, by, why, read: actions.publish_all(tips, by, timezone.localdate(), why, read=read),
        "You answer for these words as you read them here. They go on the page.",
    ),
    "_send_back": TipStep(
        "Send back to the author",
        "sent back to the author",
        "publish",
        lambda tips, by, why, _: actions.send_back_all(tips, by, why),
        "Its author finds it in “My drafts”, with your reason.",
        "What has to change",
        "Send {} back to the author",
    ),
    "_publish_alone": TipStep(
        "Publish without a review",
        "published",
        "publish",
        lambda tips, by, why, read: actions.publish_alone_all(tips, by, timezone.localdate(), why, read=read),
        "Nobody else may publish here, so that nobody reviews these words. You answer for them alone, and the "
        "history says so.",
        "Why you publish it unreviewed",
        "Publish {} without a review",
    ),
    "_confirm": TipStep(
        "Still true",
        "confirmed as still true",
        "publish",
        lambda tips, by, why, read: actions.confirm_all(tips, by, timezone.localdate(), why, read=read),
        "You say that you read these words again, and that they still hold. They stay on the page for a year.",
        verb="Confirm {} as still true",
    ),
    "_retire": TipStep(
        "Retire",
        "retired",
        "publish",
        lambda tips, by, why, _: actions.retire_all(tips, by, why),
        f"What is published goes off the page; a change that was not published is given up. {BACK}",
        "Why",
    ),
    "_restore": TipStep(
        "Restore as published",
        "back on the page",
        "publish",
        lambda tips, by, why, _: actions.restore_all(tips, by, timezone.localdate(), why),
        "These words were reviewed. They go back on the page as they were.",
        verb="Restore {} as published",
    ),
}
STEPS_FROM = {
    TipState.DRAFT: ("_submit", "_retire"),
    TipState.IN_REVIEW: ("_publish", "_publish_alone", "_send_back", "_retire"),
    TipState.PUBLISHED: ("_confirm", "_retire"),
    TipState.RETIRED: ("_restore",),
}


def step_label(tip: Tip, name: str) -> str:
    """A step as its button says it: what was never published is given up, not retired."""
    if name == "_retire" and tip.state != TipState.PUBLISHED:
        return "Give up this change" if tip.replaces_id else "Give up this draft"
    return STEPS[name].label


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
            ("soon", "To review within 30 days"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tip]) -> QuerySet[Tip]:
        return to_do(queryset, self.value() or "", request.user.pk)


def take(
    request: HttpRequest, tips: list[Tip], name: str, read: Mapping[int, str], why: str = ""
) -> list[Tip]:
    """Take a step with tips, in one transaction; tell how many were done, and why others were not."""
    step = STEPS[name]
    outcome = step.run(tips, request.user, why, read)  # type: ignore[arg-type]
    reasons: dict[str, list[Tip]] = {}
    for tip, reason in outcome.refused:
        reasons.setdefault(reason, []).append(tip)
    for reason, refused in reasons.items():
        others = f", and {len(refused) - 3:,} more" if len(refused) > 3 else ""
        messages.error(request, f"{', '.join(map(str, refused[:3]))}{others}: {reason}")
    if count := len(outcome.done):
        way_back = f" {BACK}" if name == "_retire" else ""
        messages.success(request, f"{count:,} tip{'' if count == 1 else 's'} {step.done}.{way_back}")
    return outcome.done


def question(name: str) -> Question:
    """What a list asks before a step."""
    step = STEPS[name]
    verb = step.verb or f"{step.label} {{}}"
    return Question(verb, step.outcome, step.reason, whole_words, lambda tip: tip.digest)


def whole_words(tip: Tip) -> SafeString:
    """A tip with all that the page will say of it, and what it changes."""
    source = ", ".join(filter(None, (tip.source_title, tip.source_section, tip.source_link))) or "no source"
    summary = format_html("<strong>{}</strong> ({}): {}", tip.subject, tip.get_payer_display(), tip.text)
    impact = format_html("<br>Impact: {}", tip.impact) if tip.impact else ""
    changed = format_html("<br>What it changes: {}", differences(tip.replaces, tip)) if tip.replaces else ""
    return format_html("{}{}<br>{}{}", summary, impact, source, changed)


def bulk(name: str) -> Any:
    """A step as an action of the list. One that changes what is on a page asks first."""
    step = STEPS[name]

    def do(
        model_admin: Any, request: HttpRequest, tips: list[Tip], read: Mapping[int, str], why: str
    ) -> None:
        take(request, tips, name, read, why)

    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Tip]) -> None:
        take(request, list(queryset), name, {})

    if step.outcome:
        return asks_first(name.strip("_"), step.label, step.permission, question(name), do)
    act.__name__ = name.strip("_")
    return admin.action(description=step.label, permissions=[step.permission])(act)
