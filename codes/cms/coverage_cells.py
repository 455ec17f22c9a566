"""What the cells of the Medicare Coverage Database mean: codes, dates, ranges, HTML."""

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser

from codes.cms import coercers

NO_LIST = "XX000"  # CMS's "not applicable": the group has no list
LONGEST_WORDS = 4000
Coerce = Callable[[str], str]
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]\.?[0-9A-Z]{0,4}|[A-Z]{2}[0-9]\.?[0-9A-Z]{0,4}")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T][\d:.]+)?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: [\d:.]+(?: [AP]M)?)?")
_RANGE = re.compile(r"([0-9A-Z.]+) ?- ?([0-9A-Z.]+)")
_BLOCKS = frozenset({"p", "br", "li", "ul", "ol", "div", "tr", "td", "th", "table", "h1", "h2", "h3", "h4"})


def procedure(value: str) -> str:
    """A CPT or HCPCS code, or `NO_LIST`."""
    return value if value == NO_LIST else coercers.code(value)


def procedure_or_blank(value: str) -> str:
    return procedure(value) if value else ""


def diagnosis(value: str) -> str:
    """A diagnosis with its dot, whether it came with it or not, or `NO_LIST`.

    >>> diagnosis("M1711"), diagnosis("I10"), diagnosis("XX000")
    ('M17.11', 'I10', 'XX000')
    """
    if value == NO_LIST:
        return value
    if not _DIAGNOSIS.fullmatch(value) or value.endswith("."):
        raise ValueError("is not an ICD-10-CM code")
    plain = value.replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if plain[3:] else plain


def last_of_range(value: str) -> str:
    """The last code where the row stands for a range ("M17.0 - M17.9"), as it is written there; "" where it does not.

    >>> last_of_range("M17.0 - M17.9"), last_of_range("N"), last_of_range("")
    ('M17.9', '', '')
    """
    if value.upper() in ("", "N"):
        return ""
    found = _RANGE.fullmatch(value)
    if found is None:
        raise ValueError('is not a range like "M17.0 - M17.9"')
    return found[2]


def star(value: str) -> bool:
    """Whether the note behind an asterisk holds for the row: N and nothing say that it does not."""
    if value.upper() not in ("", "N", "Y", "*"):
        raise ValueError("is neither an asterisk nor Y nor N")
    return value.upper() in ("Y", "*")


def day(value: str) -> dt.date | None:
    """A date, with or without a time, year first or as Americans write it; None where nothing stands.

    >>> day("2026-06-25 10:03:11.440"), day("6/5/2026")
    (datetime.date(2026, 6, 25), datetime.date(2026, 6, 5))
    """
    if not value:
        return None
    if found := _ISO.fullmatch(value):
        year, month, number = found.groups()
    elif found := _AMERICAN.fullmatch(value):
        month, number, year = found.groups()
    else:
        raise ValueError("is not a date like 2026-06-25 or 06/25/2026")
    try:
        return dt.date(int(year), int(month), int(number))
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


def title(html: str) -> str:
    """A title on one line, which may not be missing."""
    return coercers.filled(words(html))


def words(html: str) -> str:
    """The text of a cell of HTML, its blocks on lines of their own, cut where it is very long. No markup is left.

    >>> words("<p>The codes&nbsp;of <b>Group 1</b>:</p><script>alert(1)</script>")
    'The codes of Group 1:'
    """
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS].rstrip()} …"


class _Words(HTMLParser):
    """Gathers the text outside of scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
