"""What a denial means, what this code's own rules say of it, and what is open: `/denials/?reason=97&code=29877`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from codes.denials import appeals, reasons
from codes.denials.grounds import Ground, grounds_of
from codes.forms.denials import DenialForm
from codes.queries import releases


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def denial(request: HttpRequest) -> HttpResponse:
    """A form; with a reason in the address, what it means and what is open."""
    context: dict[str, Any] = {
        "calendar": releases.calendar(),
        "common": [entry for entry in reasons.reasons().values() if entry.common],
        "known_remarks": reasons.remarks().values(),
        "levels": appeals.LEVELS,
        "is_variant": bool(request.GET),
    }
    if not request.GET.get("reason", "").strip():
        return render(request, "codes/denials.html", context | {"form": DenialForm(), "is_blank": True})
    form = DenialForm(request.GET)
    if not form.is_valid():
        return render(request, "codes/denials.html", context | {"form": form}, status=400)
    return render(request, "codes/denials.html", context | {"form": form} | _meaning(form.cleaned_data))


def _meaning(given: dict[str, Any]) -> dict[str, Any]:
    entry, remark, record, notice = (given[name] for name in ("reason", "remark", "code", "notice"))
    grounds: tuple[Ground, ...] = grounds_of(record, entry.number, timezone.localdate()) if record else ()
    return {
        "entry": entry,
        "remark": remark,
        "record": record,
        "grounds": grounds,
        "route": appeals.route_of(entry.number, (remark.number,) if remark else ()),
        "notice": notice,
        "deadlines": appeals.deadlines(notice) if notice else (),
    }
