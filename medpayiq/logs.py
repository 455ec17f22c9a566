"""Log lines: words for people, or one JSON object a line for machines; neither names a client.

A record holds what was said and nothing of the request that it was said about: Django hangs the request on some of
its records, and with it the client's address and browser. Only the fields named here are written.
"""

import json
import logging
import os
import re
from datetime import UTC, datetime

from django.core.exceptions import ImproperlyConfigured

_CLIENT = re.compile(r"\b(?:from )?ip=\S+?(?=:? |$)")


class NoClientAddress(logging.Filter):
    """Takes the address out of gunicorn's warnings ("Invalid request from ip=192.0.2.7: ...")."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, without an address."""
        said = record.getMessage()
        masked = _CLIENT.sub("from a client", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and for an error its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line break in it, so that no message can pass for two."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """A line for people. What a visitor typed cannot begin a new one."""

    def format(self, record: logging.LogRecord) -> str:
        """Time with its offset, level, logger and message; a traceback stands below."""
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        time = datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(" ", "milliseconds")
        line = f"{time} {record.levelname} {record.name} {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


FORMATTERS = {"text": PlainLines, "json": JsonLines}


def formatter() -> logging.Formatter:
    """The formatter that LOG_FORMAT asks for: `text` (the default) or `json`."""
    kind = os.environ.get("LOG_FORMAT", "text")
    if kind not in FORMATTERS:
        raise ImproperlyConfigured(f'LOG_FORMAT is "{kind}"; it must be text or json.')
    return FORMATTERS[kind]()


def logging_settings(level: str) -> dict[str, object]:
    """The logging of the site: everything to standard error.

    Django's own handlers are taken away: one of them mails whole requests, addresses included, to administrators.
    """
    formatter()
    if level not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f'LOG_LEVEL is "{level}"; it must be DEBUG, INFO, WARNING or ERROR.')
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_client_address": {"()": NoClientAddress}},
        "formatters": {"line": {"()": formatter}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["no_client_address"],
            }
        },
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "fontTools": {"level": "WARNING"},  # it tells each step of embedding a font
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
