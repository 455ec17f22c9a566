"""Wrong passwords are counted by name alone: no address and no browser is written down."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest


def no_address(request: HttpRequest) -> None:
    """In place of the address of whoever logs in."""


class ForgetfulHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts in the database, so that all workers count together, and leaves out what tells of a person."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = ""  # type: ignore[attr-defined]
        super().user_login_failed(sender, credentials, request, **kwargs)
