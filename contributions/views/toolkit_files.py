"""The files of the toolkit behind a signed link that lives for seven days; no log-in, and nobody's name in it."""

import time

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes.exports.downloads import RETRY_AFTER_SECONDS
from codes.queries import releases
from contributions.mailing import links
from contributions.mailing.emails import CONFIRM_SUBJECT
from contributions.mailing.links import LinkStatus
from contributions.toolkit import build
from contributions.toolkit.edition import edition
from contributions.views.no_log import no_log_no_store

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def toolkit_thanks(request: HttpRequest, signed: str) -> HttpResponse:
    """The links to the files, the same for everybody."""
    worth = links.check_download_token(signed, time.time())
    if worth is not LinkStatus.GOOD:
        return lost(request, worth)
    calendar, today = releases.calendar(), timezone.localdate()
    context = {
        "signed": signed,
        "calendar": calendar,
        "edition": edition(calendar, today),
        "subject": CONFIRM_SUBJECT,
        "is_being_made": build.is_being_made(today),
    }
    return no_log_no_store(render(request, "contributions/toolkit_thanks.html", context))


@require_safe
def toolkit_file(request: HttpRequest, signed: str, kind: str) -> HttpResponse | FileResponse:
    """One file: the newest that is there, and where none was made yet, a page that says so (503)."""
    worth = links.check_download_token(signed, time.time())
    if worth is not LinkStatus.GOOD:
        return lost(request, worth)
    found = build.opened(kind, timezone.localdate())
    if found is None:
        return _being_made(request)
    name, file = found
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _being_made(request: HttpRequest) -> HttpResponse:
    context = {"calendar": releases.calendar(), "minutes": RETRY_AFTER_SECONDS // 60}
    response = render(request, "contributions/toolkit_being_made.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return no_log_no_store(response)


def lost(request: HttpRequest, worth: LinkStatus) -> HttpResponse:
    """A calm page for a link that is too old (410) or not ours (404)."""
    context = {"old": worth is LinkStatus.OLD, "calendar": releases.calendar()}
    status = 410 if worth is LinkStatus.OLD else 404
    return no_log_no_store(render(request, "contributions/toolkit_lost.html", context, status=status))
