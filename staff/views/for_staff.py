"""How staff works: accounts, groups, the life of a tip, the queues."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe


@require_safe
def for_staff(request: HttpRequest) -> HttpResponse:
    """A page of words; nothing on it changes anything."""
    context = {**admin.site.each_context(request), "title": "For staff"}
    return TemplateResponse(request, "admin/for_staff.html", context)
