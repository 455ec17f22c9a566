"""How staff works: accounts, groups, the life of a tip, the queues."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from contributions.mailing import digest


@require_http_methods(["GET", "HEAD", "POST"])
def for_staff(request: HttpRequest) -> HttpResponse:
    """A page of words, and the choice of a mail a day about what waits for whoever reads it."""
    user = request.user
    assert user.is_authenticated
    if request.method == "POST":
        wanted = request.POST.get("digest") == "on"
        digest.choose(user, wanted)
        messages.success(
            request,
            "You get a mail on each day on which something waits." if wanted else "No more daily mails.",
        )
        return redirect("admin:for_staff")
    context = {
        **admin.site.each_context(request),
        "title": "For staff",
        "wants_digest": digest.wants(user),
    }
    return TemplateResponse(request, "admin/for_staff.html", context)
