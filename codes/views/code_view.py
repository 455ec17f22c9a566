"""What the views of one code share: the canonical address, the code's rows or a 404, and the page or its fragment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from codes.code_request import CodeRequest, load_code_request, sanitized
from codes.links import canonical_redirect
from codes.parsing.code_shapes import is_code
from codes.views.not_found import code_not_found

View = Callable[[HttpRequest, str, str], HttpResponseBase]
ViewOfCode = Callable[[HttpRequest, str], HttpResponseBase]
ViewOfRequest = Callable[[HttpRequest, CodeRequest], HttpResponseBase]


def canonical_code(suffix: str = "") -> Callable[[ViewOfCode], View]:
    """A decorator that hands a view the code of its address: another spelling is redirected, what is no code is a 404.

    `suffix` names the kind of address, as in `codes.links.ENDINGS`.
    """

    def decorate(view: ViewOfCode) -> View:
        @require_safe
        @wraps(view)
        def handle(request: HttpRequest, system: str, typed: str) -> HttpResponseBase:
            if moved := canonical_redirect(system, typed, sanitized(request.GET), suffix):
                return moved
            return view(request, typed) if is_code(typed) else code_not_found(request, typed)

        return handle

    return decorate


def code_view(suffix: str = "") -> Callable[[ViewOfRequest], View]:
    """A decorator that hands a view the CodeRequest of its address; a code that no loaded file holds is a 404."""

    def decorate(view: ViewOfRequest) -> View:
        @canonical_code(suffix)
        @wraps(view)
        def handle(request: HttpRequest, code: str) -> HttpResponseBase:
            found = load_code_request(request, code)
            return code_not_found(request, code) if found is None else view(request, found)

        return handle

    return decorate


def render_part(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    valid: bool,
    around: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """The fragment `codes/_NAME.html` for htmx, the page `codes/NAME.html` for everybody else; 400 where not valid.
    `around` makes what the page shows and the fragment does not."""
    is_fragment = bool(request.htmx)  # type: ignore[attr-defined]
    template = f"codes/{'_' if is_fragment else ''}{name}.html"
    context |= {"is_whole": not is_fragment} | ({} if is_fragment else around())
    response = render(request, template, context, status=200 if valid else 400)
    patch_vary_headers(response, ["HX-Request"])
    return response
