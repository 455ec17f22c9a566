"""The code page, and the same in JSON."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from codes.api.successors import name_successor
from codes.caching.versions import content_version
from codes.code_request import CodeRequest
from codes.exports.errors import errors_of, refused, unknown
from codes.exports.serializers import serialize_code
from codes.exports.structured_data import breadcrumbs, structured, web_page
from codes.forms.price import PriceForm
from codes.links import absolute, code_address
from codes.pricing import Locality
from codes.queries.code import CodeRecord
from codes.queries.geography import key_of
from codes.queries.price_result import PriceResult
from codes.views.browse import crumbs
from codes.views.code_view import code_view
from codes.views.evidence import receipt_state
from codes.views.presenters import CodePagePresenter
from codes.views.preview import never_cache_if_preview


@code_view()
def code_page(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """One code as asked. htmx takes from the same page the parts that change, and opens a deleted code anew: its page
    lacks most of them."""
    status, context = 400 if found.result is None else 200, _context(request, found)
    response = render(request, "codes/code.html", context, status=status)
    response.content = INDENTATION.sub(b"\n", response.content)
    if context["presenter"].life.is_deleted:
        response["HX-Redirect"] = request.get_full_path()
    return never_cache_if_preview(request, response)


@code_view("_json")
def code_json(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The same price with the same steps as JSON."""
    if wrong := unknown(request, PriceForm) | errors_of([found.form]) | found.form.undecided:
        return refused(request, wrong)
    answer = JsonResponse(serialize_code(found, absolute(code_address(found.record.code))))
    return name_successor(answer, "code", found.record.code)


CACHE_SECONDS = 24 * 3600
INDENTATION = re.compile(rb"\n\s+")  # of the templates: a twentieth of the page, and nothing to a browser


def _context(request: HttpRequest, found: CodeRequest) -> dict[str, Any]:
    """The context of the code page.

    `presenter` holds lazy values, most of which do not depend on the query. `form_cache_key` (version, date),
    `code_cache_key` (version, code, date) and `locality_cache_key` are the keys of the template fragments;
    `cache_seconds` is 0 for an invalid query, so that nothing wrong is cached.
    """
    record, result, version = found.record, found.result, content_version()
    return receipt_state(found) | {
        "presenter": CodePagePresenter(request, found),
        "canonical": absolute(code_address(record.code)),
        "structured": "" if request.GET else _structured(request, record),
        "zip_match": found.zip_match,
        "calendar": found.calendar,
        "record": record,
        "code": record.code,
        "row": record.main_row,
        "at": found.at,
        "form": found.form,
        "result": result,
        "price_query": result.query if result else None,
        "price": result.price if result else None,
        "locality": found.locality,
        "query_string": f"?{request.GET.urlencode()}" if request.GET else "",
        "today": timezone.localdate(),
        "form_cache_key": f"{version} {found.at}",
        "code_cache_key": f"{version} {record.code} {found.at} {found.calendar.load}",
        "locality_cache_key": _locality_cache_key(found.locality, result) if result else "",
        "cache_seconds": CACHE_SECONDS if version and result else 0,
    }


def _locality_cache_key(locality: Locality, result: PriceResult) -> str:
    """What the amounts of a code on a day go by: the locality and the track; those of equipment the patient's home too,
    which is told by a ZIP code or a state."""
    by_home = result.listed is not None and result.listed.schedule.by_state
    home = (locality.zip_code, locality.zip_state) if by_home else ()
    return " ".join([key_of(locality), str(result.query.qualifying_apm), *home])


def _structured(request: HttpRequest, record: CodeRecord) -> SafeString:
    description = record.text.summary if record.text and record.text.summary else record.name
    way = [(link.title, link.address) for link in crumbs(record.code)]
    return structured(
        request,
        web_page(request, f"{record.code} {record.name}", description, record.release),
        breadcrumbs(request, [*way, (record.code, code_address(record.code))]),
    )
