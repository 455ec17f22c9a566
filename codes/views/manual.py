"""The NCCI Policy Manual: its contents with a search, and each section and paragraph in CMS's words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.code_request import sanitized
from codes.forms.manual import ManualForm
from codes.parsing.code_shapes import is_code
from codes.queries import manual as queries
from codes.queries import releases


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """`/manual/?q=`: the sections, or the paragraphs that hold what was typed."""
    calendar, today = releases.calendar(), timezone.localdate()
    release = queries.manual_of(calendar, today)
    form = ManualForm(sanitized(request.GET))
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "calendar": calendar,
        "form": form,
        "release": release,
        "typed": typed,
        "found": queries.search(release, typed) if release and typed else [],
        "most": queries.MOST_FOUND,
        "references": queries.references_to(calendar, typed.upper(), today) if is_code(typed.upper()) else [],
        "sections": queries.sections(release) if release else [],
        "is_variant": bool(request.GET),
    }
    return render(request, "codes/manual.html", context, status=200 if form.is_valid() else 400)


@require_safe
def manual_text(request: HttpRequest, chapter: str, section: str = "", number: str = "0") -> HttpResponse:
    """`/manual/IX/B/5/`: a paragraph, a section or a chapter; 404 where it is not there, or may not be shown."""
    calendar = releases.calendar()
    release = queries.manual_of(calendar, timezone.localdate())
    found = queries.paragraphs(release, chapter, section, int(number)) if release else []
    if not found:
        raise Http404("no such paragraph of the NCCI Policy Manual is loaded here")
    context = {
        "calendar": calendar,
        "release": release,
        "chapter": chapter,
        "section": section,
        "number": int(number),
        "first": found[0],
        "paragraphs": found,
    }
    return render(request, "codes/manual_text.html", context)
