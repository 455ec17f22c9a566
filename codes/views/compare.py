"""Up to five codes side by side."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.forms.lookup import LookupForm
from codes.parsing.code_shapes import is_code
from codes.parsing.plain import plain
from codes.queries import compare as queries
from codes.views.code_request import bind_form, query_from_form, sanitized

EXAMPLE = "99213, 99214, 99215"


class CompareForm(LookupForm):
    """A look-up of several codes at once: `codes=99213,99214`, parted by commas, spaces or plus signs."""

    codes = forms.CharField(
        label="Codes, up to five",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": EXAMPLE}),
        error_messages={"required": "Give up to five codes."},
    )

    def clean_codes(self) -> list[str]:
        typed = re.split(r"[ ,;+]+", plain(self.cleaned_data["codes"]).strip(" ,;+"))
        words = list(dict.fromkeys(typed))
        for word in words:
            if not is_code(word):
                raise forms.ValidationError(f'"{word[:20]}" is not a code. Write them like {EXAMPLE}.')
        if len(words) > queries.MOST:
            raise forms.ValidationError(f"Five codes stand side by side; there are {len(words)}.")
        return words


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`/compare/?codes=99213,99214`, with the place, date and track of a look-up."""
    parameters = sanitized(request.GET)
    calendar, at, form = bind_form(CompareForm, parameters)
    context: dict[str, Any] = {"calendar": calendar, "form": form, "at": at, "is_variant": bool(request.GET)}
    if not parameters.get("codes", "").strip():
        return render(request, "codes/compare.html", context | {"is_blank": True, "example": EXAMPLE})
    if not form.is_valid():
        return render(request, "codes/compare.html", context, status=400)
    asked = query_from_form(form)
    context["comparison"] = queries.compare(calendar, form.cleaned_data["codes"], asked)
    kept = parameters.copy()
    kept.pop("codes", None)
    return render(
        request,
        "codes/compare.html",
        context | {"asked": asked, "place": form.place, "parameters": kept.urlencode()},
    )
