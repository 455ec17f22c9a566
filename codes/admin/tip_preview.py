"""The tips of a code as its page will show them, with the words of the form among them; nothing is kept.

It stands in a frame beside the form, in the style of the site and not of the admin.
"""

from copy import copy
from typing import Any

from csp.constants import NONE, SELF
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt

from codes.actions.tips import objections
from codes.admin.tip_form import TipForm, words_of_rule
from codes.code_request import code_request_of
from codes.links import code_address
from codes.models import Tip, TipState
from codes.queries.browse import family_of
from codes.queries.ncci_tables import limits_of
from codes.queries.releases import calendar
from codes.queries.tip_check import page_code, ties_of
from codes.queries.tips import tip_with_people, tips_of

POLICY = f"base-uri {NONE}; default-src {NONE}; form-action {NONE}; frame-ancestors {SELF}; style-src {SELF}"
UNFOLDED = 3  # how many the page shows before it folds the others


def may_be_framed(response: HttpResponse) -> HttpResponse:
    """The page of the form: it may hold a frame of this site."""
    response.headers["Content-Security-Policy"] = build_policy(update={"frame-src": SELF})
    return response


@xframe_options_exempt
def preview(request: HttpRequest) -> HttpResponse:
    """What was typed, posted by the form; a stored tip (`?tip=`); what a new one begins with (`?code=`, `?rule=`)."""
    stored = _stored(request)
    form = TipForm(request.POST, instance=copy(stored)) if request.method == "POST" else None
    tip = stored
    if form is not None and form.is_valid():
        tip = form.instance
        tip.state, tip.reviewed_on = TipState.DRAFT, None
    context = {"form": form, **_on_its_page(tip)}
    response = render(request, "admin/codes/tip/preview.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _stored(request: HttpRequest) -> Tip:
    """The tip that the form was opened with; for a new one what its address begins with."""
    sent = request.POST if request.method == "POST" else request.GET
    key = sent.get("tip", "")
    known = tip_with_people(int(key)) if key.isascii() and key.isdecimal() and len(key) < 19 else None
    return known or Tip(code=sent.get("code", "").strip().upper()[:5], **words_of_rule(sent.get("rule", "")))


def _on_its_page(tip: Tip) -> dict[str, Any]:
    """The code on whose page the tip stands, the tips there, and what keeps this one away."""
    today, held = timezone.localdate(), calendar()
    code = page_code(held, tip, today)
    found = code_request_of(QueryDict(), code) if code else None
    if found is None:
        return {"code": code}
    if tip.text:
        tip.objection = objections([tip], today).get(tip.pk, "")
    family, limits = family_of(held, code, today), limits_of(held, code, today)
    shown = tips_of(found.record, family, found.result, limits, today, tip if tip.text else None)
    position = next((number for number, each in enumerate(shown, 1) if each.is_preview), 0)
    return {
        "code": code,
        "name": found.record.name,
        "page": code_address(code),
        "typed": shown[position - 1] if position else None,
        "position": position,
        "is_folded": position > UNFOLDED,
        "others": [each for each in shown if not each.is_preview],
        "is_left_out": bool(tip.text) and not position,
        "tie": ties_of(held, [tip], today)[0][1] if tip.text else None,
    }
