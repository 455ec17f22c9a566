"""What is answered when something broke: 503 when the database is away, else 500."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to an exception that nothing caught, wherever it arose, in a view or before one."""
    exception = sys.exc_info()[1]
    if isinstance(exception, OperationalError | InterfaceError):
        return database_away(exception)
    return defaults.server_error(request)


def database_away(exception: Exception) -> HttpResponse:
    """503 with Retry-After, when the database does not answer, is locked or is full.

    One warning a request and no traceback: while a database restarts, hundreds of them would hide the rest.
    """
    said = str(exception).partition("\n")[0]
    logger.warning("The database does not answer (%s: %s)", type(exception).__name__, said)
    response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
