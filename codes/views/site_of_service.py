"""Where a procedure is done, for programs: the JSON and the CSV of the code page's panel."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from codes.code_request import CodeRequest
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, refused, unknown
from codes.exports.site_serializers import HEADINGS, serialize_sites, site_rows
from codes.forms.price import PriceForm
from codes.links import absolute, code_address
from codes.queries.site_of_service import SiteOfService, site_of_service
from codes.views.code_view import code_view


@code_view("_sites_json")
def sites_json(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """Office, surgery center and outpatient hospital with their amounts, and which list is missing."""
    if wrong := unknown(request, PriceForm) | errors_of([found.form]) | found.form.undecided:
        return refused(request, wrong)
    page = absolute(code_address(found.record.code))
    return JsonResponse(serialize_sites(found, _sites(found), page))


@code_view("_sites_csv")
def sites_csv(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The same, a row a place."""
    if wrong := unknown(request, PriceForm) | errors_of([found.form]) | found.form.undecided:
        return refused(request, wrong)
    return csv_response(f"{found.record.code}-site-of-service.csv", HEADINGS, site_rows(_sites(found)))


def _sites(found: CodeRequest) -> SiteOfService:
    return site_of_service(found.calendar, found.record.code, found.at, found.result)
