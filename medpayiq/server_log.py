"""gunicorn's own log, in the site's format and without clients."""

from datetime import timedelta
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from medpayiq.logs import NoClientAddress, formatter

# A line a report would tell when it was sent, and so would one a look at a receipt.
UNLOGGED_PATHS = ("/reports/", "/receipt/", "/toolkit/")  # what visitors send, and signed links


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's logger with the site's formatter (LOG_FORMAT) on every handler, and with quiet pages."""

    def setup(self, cfg: Config) -> None:
        """Called at the start and on each reload."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(formatter())
            handler.addFilter(NoClientAddress())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """A line an answer, where the access log is on; none for what visitors send."""
        if not str(environ.get("PATH_INFO", "")).startswith(UNLOGGED_PATHS):
            super().access(resp, req, environ, request_time)
