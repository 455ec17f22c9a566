"""An action of a list that asks before it is done: a page with the count, the rows and what will come of it.

The page is answered by the same action with the rows as they were shown: their keys, each with a mark of what was
read. They stand in one field, because a form may have 400 and a list has more.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SHOWN, REASON, BACK = "shown", "why", "back"
Do = Callable[[Any, HttpRequest, list[Any], Mapping[int, str], str], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says: `verb` on its button, where "{}" stands for the count, and `outcome` below its heading; with
    a field for the reason, if `reason` is the label of one. `mark` tells whether a row is the one that was shown."""

    verb: str
    outcome: str
    reason: str = ""
    describe: Callable[[Any], Any] = str
    mark: Callable[[Any], str] = lambda row: ""


def asks_first(name: str, label: str, permission: str, question: Question, do: Do) -> Any:
    """The action `name`: `do` gets the model's admin, the request, the rows, their marks by key, and the reason."""

    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if SHOWN not in request.POST:
            return ask(model_admin, request, name, question, queryset)
        marks = _marks(request.POST[SHOWN])
        rows = list(model_admin.get_queryset(request).filter(pk__in=marks))
        reason = request.POST.get(REASON, "").strip()[:100]
        back = request.POST.get(BACK, "")
        if question.reason and not reason:
            wrong = "Give a reason: it stays in the history."
            return ask(model_admin, request, name, question, rows, wrong=wrong, back=back)
        do(model_admin, request, rows, marks, reason)
        return HttpResponseRedirect(back) if url_has_allowed_host_and_scheme(back, None) else None

    act.__name__ = name
    act.asks_first = True  # type: ignore[attr-defined]
    return admin.action(description=label, permissions=[permission])(act)


def ask(
    model_admin: Any,
    request: HttpRequest,
    name: str,
    question: Question,
    rows: Iterable[Any],
    *,
    wrong: str = "",
    back: str = "",
) -> HttpResponse:
    """The page that asks. Nothing has been done yet. Both answers lead to `back`, else to the list."""
    shown = list(rows)
    options = model_admin.opts
    count = f"{len(shown):,} {options.verbose_name if len(shown) == 1 else options.verbose_name_plural}"
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{question.verb.format(count)}?",
        "button": question.verb.format(count),
        "opts": options,
        "list": reverse(f"admin:{options.app_label}_{options.model_name}_changelist"),
        "back": back,
        "name": name,
        "question": question,
        "wrong": wrong,
        "rows": [question.describe(row) for row in shown],
        "first": shown[0].pk if shown else "",
        "shown": ",".join(f"{row.pk}:{question.mark(row)}" for row in shown),
    }
    return TemplateResponse(request, "admin/ask_first.html", context)


def erase(
    model_admin: Any, request: HttpRequest, rows: list[Any], marks: Mapping[int, str], why: str
) -> None:
    """Delete rows, all or none, with an entry of each in the admin's log."""
    chosen = model_admin.get_queryset(request).filter(pk__in=[row.pk for row in rows])
    with transaction.atomic():
        model_admin.log_deletions(request, chosen)
        model_admin.delete_queryset(request, chosen)
    messages.success(request, f"{len(rows):,} erased.")


erased_for_good = asks_first(
    "delete_selected",
    "Erase for good",
    "delete",
    Question("Erase {}", "They are erased for good: nothing brings them back but a backup."),
    erase,
)


def _marks(shown: str) -> dict[int, str]:
    """What the page showed, by key; what is no key is left out."""
    pairs = (each.partition(":") for each in shown.split(","))
    return {int(key): mark for key, _, mark in pairs if key.isascii() and key.isdecimal() and len(key) < 19}
