"""A card with the amount of one code for the pages of others: the one address that may stand in a frame."""

from urllib.parse import urlencode

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from codes.code_request import accepted_parameters, load_code_request, sanitized
from codes.exports.errors import errors_of
from codes.forms.price import PriceForm
from codes.knowledge.locality_names import spelled
from codes.links import absolute, code_address, split_typed

# No script, no form: the card takes its own style, and every site may frame it.
POLICY = f"base-uri {NONE}; default-src {NONE}; form-action {NONE}; frame-ancestors *; style-src {SELF}"


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, typed: str) -> HttpResponse:
    """`/embed/76376/?zip=35203`: the card, with the practice of its address; 404 and 400 are cards too."""
    parts = split_typed(typed)
    if parts and typed != parts[0]:
        return _moved(request, *parts)
    found = load_code_request(request, parts[0]) if parts else None
    query = accepted_parameters(request, PriceForm).urlencode()
    context = {
        "typed": typed[:20],
        "found": found,
        "price": found.result.price if found and found.result and not found.result.refusal else None,
        "locality_name": spelled(found.locality.name) if found else "",
        "errors": errors_of([found.form]).values() if found else (),
        "address": absolute(code_address(found.record.code)) + (f"?{query}" if query else "")
        if found
        else "",
    }
    status = 404 if found is None else 400 if found.result is None else 200
    response = render(request, "codes/embed.html", context, status=status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _moved(request: HttpRequest, code: str, modifier: str) -> HttpResponse:
    """To the address of the code as it is spelled, its modifier as a parameter."""
    kept = sanitized(request.GET)
    if modifier:
        kept.appendlist("mod", modifier)
    pairs = [(name, value) for name, values in kept.lists() for value in values]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return HttpResponsePermanentRedirect(reverse("codes:embed", args=[code]) + query)
