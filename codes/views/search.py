"""Search: straight to the code where a code was typed, else a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from codes.queries import releases
from codes.queries.nearest import nearest_codes
from codes.queries.search import find
from codes.views.address import code_address, split_typed

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: a whole code goes to its page, modifier and all; anything else is looked up."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    calendar = releases.calendar()
    hits = find(calendar, query)
    typed = split_typed(query)
    if typed and any(hit.code == typed[0] for hit in find(calendar, typed[0])):
        code, modifier = typed
        return redirect(code_address(code) + (f"?{urlencode({'mod': modifier})}" if modifier else ""))
    nearest = nearest_codes(calendar, typed[0]) if typed and not hits else []
    context = {"query": query, "hits": hits, "nearest": nearest, "calendar": calendar}
    return render(request, "codes/search.html", context)
