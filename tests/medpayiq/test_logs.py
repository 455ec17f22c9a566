"""No line of the log tells who asked."""

import io
import json
import logging
import re
from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import Client

from medpayiq.logs import JsonLines, NoClientAddress, PlainLines, formatter

ADDRESS, BROWSER = "203.0.113.77", "Peculiar-Browser/9.9"


@pytest.fixture(params=[JsonLines, PlainLines])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that any logger says while the test runs, down to DEBUG, as the log would have it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    handler.addFilter(NoClientAddress())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def stranger() -> Client:
    """A client with an address and a browser that would be seen anywhere."""
    asking = Client(
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_USER_AGENT=BROWSER,
        HTTP_REFERER=f"https://{ADDRESS}/",
        enforce_csrf_checks=True,
    )
    asking.raise_request_exception = False
    return asking


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/cpt/99213/", 200),
        ("get", "/nothing-here/", 404),
        ("post", "/admin/login/", 403),
        ("post", "/reports/99213/new/", 403),
        ("delete", "/cpt/99213/", 403),
    ],
)
def test_no_line_about_a_request_holds_its_address_or_browser(
    sample: None, stranger: Client, written: io.StringIO, method: str, address: str, status: int
) -> None:
    assert getattr(stranger, method)(address).status_code == status
    assert ADDRESS not in written.getvalue()
    assert BROWSER not in written.getvalue()


def test_a_request_to_a_wrong_host_is_logged_without_its_address(
    db: None, stranger: Client, written: io.StringIO
) -> None:
    assert stranger.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert "Invalid HTTP_HOST header" in written.getvalue()
    assert ADDRESS not in written.getvalue()
    assert BROWSER not in written.getvalue()


def test_an_error_is_logged_with_its_traceback_and_without_its_address(
    db: None, stranger: Client, written: io.StringIO
) -> None:
    with mock.patch("codes.views.home.render", side_effect=RuntimeError("made for a test")):
        assert stranger.get("/").status_code == 500
    assert "RuntimeError: made for a test" in written.getvalue()
    assert ADDRESS not in written.getvalue()
    assert BROWSER not in written.getvalue()


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("a.b", logging.WARNING, __file__, 1, message, arguments, None)


def test_a_json_line_has_time_level_logger_and_message() -> None:
    told = json.loads(JsonLines().format(record("%s rows", 5)))
    assert told.pop("time").endswith("+00:00")
    assert told == {"level": "WARNING", "logger": "a.b", "message": "5 rows"}


def test_a_line_for_people_has_the_offset_of_its_time() -> None:
    assert re.match(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d WARNING a\.b ", PlainLines().format(record("x"))
    )


@pytest.mark.parametrize("kind", [JsonLines, PlainLines])
def test_what_a_visitor_typed_cannot_begin_a_new_line(kind: type[logging.Formatter]) -> None:
    assert "\n" not in kind().format(record("Not Found: %s", "/x\r\n2026-01-01 INFO forged"))


@pytest.mark.parametrize("address", [ADDRESS, "2001:db8::7", "::1"])
def test_the_address_in_gunicorns_warning_is_taken_out(address: str) -> None:
    warning = record(f"Invalid request from ip={address}: Invalid HTTP request line: 'GET'")
    NoClientAddress().filter(warning)
    assert warning.getMessage() == "Invalid request from a client: Invalid HTTP request line: 'GET'"


def test_an_unknown_format_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(Exception, match='LOG_FORMAT is "xml"; it must be text or json'):
        formatter()
