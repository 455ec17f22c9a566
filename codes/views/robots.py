"""What crawlers may read: every page; not the searches and claims of single visitors, which have no end."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codes.links import absolute

CLOSED = ("/admin/", "/search/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Variants by parameters, tables and twins are not closed here: they say noindex, which a crawler must read to
    know, and programs that keep to these rules may use them."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {address}" for address in CLOSED),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
