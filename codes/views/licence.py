"""Licenses and notices: whose the codes are, and what this site keeps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.queries import releases


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """The notices of the AMA, the ADA and CMS."""
    return render(request, "codes/licence.html", {"calendar": releases.calendar()})
