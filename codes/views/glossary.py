"""The words of the field, each with a permalink."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.queries import releases
from codes.tips import glossary as words


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms on one page, so that the browser's own search finds them."""
    held = words.glossary()
    terms = [(term, [held[slug] for slug in term.see]) for term in held.values()]
    return render(request, "codes/glossary.html", {"calendar": releases.calendar(), "terms": terms})
