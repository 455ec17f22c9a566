"""The evidence sheet: one page on paper for a question of a physician or an appeal, with working and files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from codes.code_request import CodeRequest, sanitized
from codes.links import absolute, code_address, receipt_address
from codes.models.release import Release, Source
from codes.queries import bundling as edits
from codes.queries import releases
from codes.queries.manual import references_to
from codes.queries.ncci_tables import edits_too_old, limits_of, ptp_release
from codes.queries.site_of_service import site_of_service
from codes.shown_outlook import outlook_of
from codes.views.code_view import code_view


@code_view("_evidence")
def evidence(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """The code as asked on one sheet; 400 with what is wrong where the question cannot be read."""
    record, result = found.record, found.result
    sites = site_of_service(found.calendar, record.code, found.at, result)
    site = sites.of(result.query.place_of_service) if result else None
    context = receipt_state(found) | {
        "calendar": found.calendar,
        "record": record,
        "code": record.code,
        "at": found.at,
        "form": found.form,
        "result": result,
        "price": result.price if result else None,
        "price_query": result.query if result else None,
        "locality": found.locality,
        "outlook": outlook_of(found),
        "limits": limits_of(found.calendar, record.code, found.at),
        "manual": references_to(found.calendar, record.code, found.at),
        "whose_money": sites.whose_money(result.query.place_of_service) if result else "",
        "files": [*_files(found), *([site.release] if site and site.release else [])],
        "edits": _edits(found),
        "address": absolute(_address(request, found)),
        "query_string": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return render(request, "codes/evidence.html", context, status=400 if result is None else 200)


def receipt_state(found: CodeRequest) -> dict[str, Any]:
    """What a page says of a figure that is asked for as it was: when its data were loaded, and what has come since."""
    now = releases.calendar()
    if not found.form.data.get("load") or found.calendar is now:
        return {"receipt_of": None}
    return {
        "receipt_of": max((each.loaded_at for each in found.calendar.releases), default=None),
        "newer_files": releases.newer_files(found.calendar, found.at, _sources(found)),
        "withdrawn_files": releases.withdrawn_files(found.calendar, found.at),
    }


def _address(request: HttpRequest, found: CodeRequest) -> str:
    """The address that shows the same figure later; of a question that cannot be read, that of the code."""
    if found.result is None:
        return code_address(found.record.code)
    return receipt_address(found.record.code, sanitized(request.GET), found.result.query, found.calendar.load)


def _edits(found: CodeRequest) -> dict[str, Any] | None:
    """How many NCCI edits of practitioners hold on the day, by side; None where that was not checked."""
    code, release = found.record.code, ptp_release(found.calendar, "practitioner", found.at)
    if release is None or edits_too_old(found.calendar, code, release, "practitioner"):
        return None
    counted = edits.tallies(release, edits.EditFilter(code=code, at=found.at))
    return {"denies": counted["denies"], "denied_by": counted["denied-by"], "release": release}


def _files(found: CodeRequest) -> list[Release]:
    """CMS's files in force that the sheet rests on."""
    in_force = (found.calendar.in_force(source, found.at) for source in _sources(found))
    return [release for release in in_force if release is not None]


def _sources(found: CodeRequest) -> list[str]:
    """The kinds of file behind a figure: the price list of the code, relative values, indices, unit limits, edits."""
    listed = found.result.listed if found.result else None
    lists = [each.source for each in found.calendar.releases if listed and each.name == listed.release]
    always = (Source.PPRRVU, Source.GPCI, Source.MUE_PRACTITIONER, Source.PTP_PRACTITIONER)
    return list(dict.fromkeys([*lists, *always]))
