"""A tip that is not published, on the real page, for staff."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from codes.actions.tips import objections
from codes.models.tip import Tip, TipState
from codes.queries.tips import tip_with_people

PREVIEW = "preview"


def preview_tip(request: HttpRequest) -> Tip | None:
    """The tip that a member of staff asks to see on a code page; None for everybody else."""
    number = request.GET.get(PREVIEW, "")
    user: Any = getattr(request, "user", None)
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    if user is None or not user.is_staff or not user.has_perm("codes.view_tip"):
        return None
    tip = tip_with_people(int(number))
    if tip is not None:
        tip.objection = objections([tip], timezone.localdate()).get(tip.pk, "")
        reviews = tip.state == TipState.IN_REVIEW and tip.author_id != user.pk
        tip.may_publish = reviews and user.has_perm("codes.publish_tip") and not tip.objection
    return tip


def never_cache_if_preview(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, kept by no cache where its address asks for a preview."""
    if PREVIEW in request.GET:
        add_never_cache_headers(response)
    return response
