"""Requests that nobody sane sends: every address and parameter of the site, with values that fit and that don't."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

GOOD = (
    "99213", "99213-25", "93000-26", "76376", "J1100", "G0439", "00100", "0001F", "10112-00",
    "01182-18", "36301", "2026-08-03", "2025-11-03", "11", "22", "26", "TC", "50,RT", "1", "3",
    "125.50", "office", "practitioner", "AL", "surgery", "evaluation-and-management", "J",
    "Imaging", "knee mri without contrast", "on", "csv", "json", "html",
)  # fmt: skip
BAD = (
    "", " ", "\x00", "a\x00b", "\r\nX-Injected: yes", "\n", "%", "%00", "%s%n", "{0.__class__}",
    "{{7*7}}", "../../etc/passwd", "..%2f..%2f", "' OR 1=1 --", "\";DROP TABLE x",
    "<script>alert(1)</script>", "𝟗𝟗𝟐𝟏𝟑", "٩٩٢١٣", "é" * 20, "\ud7ff", "\U0010ffff",
    "\u202e99213", "-1", "0", "00", "9" * 18, "9" * 19, "9" * 40, "1e309", "-1e400", "NaN",
    "Infinity", "0x10", "1_0", "1.999999999999", "0.0000001", "true", "null", "None", "[]",
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "2026-8-3",
    "A" * 300, "A," * 200, "99213 " * 60, "99213\t25\tx2", "*", "(" * 50, "\\", "a&b=c",
)  # fmt: skip
HEADERS = {
    "HX-Request": ("true", "x"),
    "Accept": ("application/json", "*/*;q=0", "\x7f", "text/html" * 50),
    "If-None-Match": ('"x"', "*", "W/", '"', "," * 100),
    "If-Modified-Since": ("yesterday", "Mon, 23 Nov 2026 16:29:34 GMT", "Mon, 99 Nov 9999 99:99:99 GMT"),
    "Range": ("bytes=0-", "bytes=-1", "lines=1"),
    "Cookie": ("sessionid=x", "csrftoken=\x01", "=;=;;", "sessionid=" + "a" * 3000),
    "X-Forwarded-For": ("1.2.3.4", "::1, x", "'" * 40),
    "X-Forwarded-Host": ("evil.example",),
    "Host": ("localhost", "evil.example", "localhost:99999", "a b"),
    "Accept-Encoding": ("gzip", "identity;q=0", "br, *"),
    "Accept-Language": ("de", "x" * 400),
    "User-Agent": ("", "\x00", "Mozilla/5.0 Chrome/1"),
    "Content-Length": ("-1", "x", "99999999999"),
}
METHODS = ("GET",) * 14 + ("HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS")
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "nonsense",
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as the test client takes it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = TYPES[0]


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every address of the site as a pattern, the admin's included."""
    for each in (resolver or get_resolver()).url_patterns:
        here = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here)
        elif isinstance(each, URLPattern):
            yield here


def parameters() -> tuple[str, ...]:
    """The name of every field of every form, and the few that views read themselves."""
    names = {
        "q",
        "source",
        "kind",
        "from",
        "codes",
        "category",
        "page",
        "preview",
        "lines",
        "next",
        "p",
        "o",
        "action",
    }
    for form in _all(forms.BaseForm):
        names |= set(getattr(form, "base_fields", {}))
    return tuple(sorted(names))


def _all(form: type) -> Iterator[type]:
    each: type
    for each in form.__subclasses__():
        yield each
        yield from _all(each)


class Maker:
    """Requests from a seed: the same seed makes the same requests. So many of them go to the admin."""

    def __init__(self, seed: int, share_of_staff: float = 0.05) -> None:
        self.dice = random.Random(seed)
        admin = settings.ADMIN_PATH
        self.public = tuple(each for each in patterns() if not each.startswith(admin))
        self.staffs = tuple(each for each in patterns() if each.startswith(admin))
        self.share_of_staff = share_of_staff
        self.parameters = parameters()

    def value(self) -> str:
        """A value that may fit, or one that cannot."""
        return self.dice.choice(GOOD if self.dice.random() < 0.6 else BAD)

    def path(self) -> str:
        """An address of the site with its holes filled, now and then with something cut off or put in."""
        chosen = self.staffs if self.dice.random() < self.share_of_staff else self.public
        pattern = self.dice.choice(chosen).replace("\\.", ".").replace("\\Z", "")
        hole = r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)|<(?:\w+:)?\w+>"
        path = "/" + re.sub(hole, self._filled, pattern).replace("^", "").replace("$", "")
        if self.dice.random() < 0.1:
            cut = self.dice.randrange(len(path))
            path = path[:cut] + quote(self.value(), safe="") + path[cut:]
        return path

    def _filled(self, hole: re.Match[str]) -> str:
        if hole[1] == "system":
            return self.dice.choice(("cpt", "hcpcs"))
        return quote(self.value(), safe="")

    def fields(self, most: int) -> dict[str, list[str]]:
        """Some parameters, some of them several times."""
        names = self.dice.sample(self.parameters, self.dice.randint(0, most))
        return {name: [self.value() for _ in range(self.dice.choice((1, 1, 1, 2, 5)))] for name in names}

    def request(self) -> Request:
        """One request."""
        method = self.dice.choice(METHODS)
        headers = {
            name: self.dice.choice(HEADERS[name])
            for name in self.dice.sample(list(HEADERS), self.dice.choice((0, 0, 1, 2)))
        }
        body = "&".join(
            f"{name}={quote(value)}" for name, values in self.fields(8).items() for value in values
        )
        if self.dice.random() < 0.2:
            body = self.dice.choice(("{", "\x00\xff" * 20, '{"a":' * 400, "--x\r\n\r\n", "a=1&" * 500))
        content_type = TYPES[0] if self.dice.random() < 0.7 else self.dice.choice(TYPES)
        return Request(method, self.path(), self.fields(5), headers, body.encode(), content_type)
