"""The note of a denial report, beside the form of the tip that is made of it."""

from django import template
from django.http import HttpRequest

from contributions.models import Report

register = template.Library()


@register.simple_tag(takes_context=True)
def note_beside(context: template.Context) -> Report | None:
    """The report that the address of this form names, where it has a note and this member of staff may read it."""
    request: HttpRequest = context["request"]
    number = request.GET.get("report", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    if not request.user.has_perm("contributions.change_report"):
        return None
    return Report.objects.filter(pk=number).exclude(note="").first()
