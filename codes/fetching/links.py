"""From CMS's landing pages to the links of the newest files."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from codes.fetching.targets import Target

# The pages between CMS's list and its files go back for years; the newest stand for all that can still come.
MOST_PAGES_FOLLOWED = 3
GATES = ("/license/ama", "/apps/ama/license.asp")
MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}

ReadPage = Callable[[str], str]


class NothingFound(Exception):
    """A landing page has no link of the shape that is known: CMS has changed it, and a person must look."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file to get: where it is, from which quarter it is, and whether CMS puts the AMA's license before it."""

    target: Target
    address: str
    quarter: tuple[int, int]
    gated: bool

    @property
    def file_name(self) -> str:
        """The name to keep it under: CMS's own, with nothing in it but letters, digits, dots and dashes."""
        path = unquote(urlsplit(self.address).path).rpartition("/zip/")[2].lstrip("/")
        return re.sub(r"[^\w.-]", "-", path.replace("/", "-")).lstrip(".-")

    @property
    def period(self) -> str:
        """ "2026 Q4"."""
        return f"{self.quarter[0]} Q{self.quarter[1]}"


@dataclass(frozen=True, slots=True)
class Look:
    """What CMS's pages link: the files that are wanted, what a person must look at (`problems`), and which quarters
    are due and not linked yet (`due`), in sentences."""

    links: list[FileLink]
    problems: list[str]
    due: str = ""


def newest(target: Target, base: str, read_page: ReadPage, today: date) -> list[FileLink]:
    """The files of `target` for this quarter and later ones; the newest earlier ones where there are none yet.

    `read_page` returns the HTML of an address. Raises NothingFound.
    """
    return look(target, base, read_page, today).links


def look(target: Target, base: str, read_page: ReadPage, today: date) -> Look:
    """The files as `newest` has them, with what is to be said of the pages. Raises NothingFound."""
    landing = urljoin(base, target.page)
    linked = addresses(landing, read_page(landing))
    found, problems = list(_files(target, linked)), []
    for page in _following_pages(target, linked):
        files = list(_files(target, addresses(page, read_page(page))))
        found += files
        if not files:
            problems.append(
                f"{page} has no link that looks like {target.name}: look at it, and get the file by hand."
            )
    if not found:
        why = f"{landing} has no link that looks like {target.name}: has CMS changed the page?"
        raise NothingFound(" ".join([why, *problems]))
    unique = {link.address: link for link in found}
    current, last = (today.year, (today.month + 2) // 3), max(link.quarter for link in unique.values())
    problems += _newer_under_another_name(target, linked, last, problems)
    wanted = [link for link in unique.values() if link.quarter >= min(current, last)]
    links = sorted(_without_former_revisions(wanted), key=lambda link: (link.quarter, link.address))
    return Look(links, problems, _due(target, last, current))


def _newer_under_another_name(
    target: Target, linked: list[str], last: tuple[int, int], messages: list[str]
) -> Iterator[str]:
    """Links of the landing page that speak of a quarter after the last one that was found."""
    for address in linked:
        spoken_of = target.hint.search(_comparable(behind_gate(address)))
        if (
            spoken_of
            and quarter_of(spoken_of) > last
            and not any(each.startswith(f"{address} ") for each in messages)
        ):
            yield f"{address} is linked and is newer than what was found: look at it, and get the file by hand."


def _due(target: Target, last: tuple[int, int], current: tuple[int, int]) -> str:
    """Which quarters that have begun are not linked, in a sentence; "" where none is missing."""
    if target.ahead is None:
        return ""
    first = last[0] * 4 + last[1] + target.ahead
    missing = [f"{index // 4} Q{index % 4 + 1}" for index in range(first, current[0] * 4 + current[1])]
    if not missing:
        return ""
    those = f"{missing[0]} is" if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]} are"
    return f"{those} due, and CMS's page does not link {'it' if len(missing) == 1 else 'them'} yet."


def _following_pages(target: Target, linked: list[str]) -> list[str]:
    """The newest pages between the landing page and the files."""
    dated = {}
    for address in linked:
        found = target.follow.search(_comparable(address)) if target.follow else None
        if found:
            dated[address] = quarter_of(found)
    return sorted(dated, key=lambda each: dated[each], reverse=True)[:MOST_PAGES_FOLLOWED]


def _files(target: Target, linked: list[str]) -> Iterator[FileLink]:
    for address in linked:
        behind = behind_gate(address)
        found = target.find.search(_comparable(behind))
        if found:
            yield FileLink(target, behind, quarter_of(found), gated=behind != address)


def _without_former_revisions(links: Iterable[FileLink]) -> Iterator[FileLink]:
    """One link a quarter and part, the one that was revised last: rvu26c.zip gives way to its updated one."""
    latest: dict[tuple[tuple[int, int], str], FileLink] = {}
    for link in links:
        key = (link.quarter, _part(link))
        former = latest.get(key)
        if former is None or _revision(former.address) < _revision(link.address):
            latest[key] = link
    yield from latest.values()


def _part(link: FileLink) -> str:
    """What tells the files of one quarter apart: f1 to f4, or the kind of unit limits."""
    if link.target.parts == 1:
        return ""
    found = re.search(r"-f[1-4](?!\d)|-(?:[a-z]+-)+mue-table", link.file_name.lower())
    return found[0] if found else link.file_name


def _revision(address: str) -> tuple[date, bool, int, int, str]:
    """What grows from one revision of a file to the next: its day, the R of a revised quarter, the version of the
    bundling edits, and the number that CMS's site adds to a file that was uploaded again."""
    name = _comparable(address)
    found = re.search(r"(\d\d)[-/](\d\d)[-/](20\d\d)(?!\d)", name)
    try:
        day = date(int(found[3]), int(found[1]), int(found[2])) if found else date.min
    except ValueError:
        day = date.min
    version, again = re.search(r"-v\d+r(\d+)", name), re.search(r"[-_](\d{1,2})\.zip$", name)
    revised = bool(re.search(r"/rvu\d\d[a-d]r", name))
    return day, revised, int(version[1]) if version else 0, int(again[1]) + 1 if again else 0, address


def quarter_of(found: re.Match[str]) -> tuple[int, int]:
    """The year and quarter that the groups of a match tell."""
    parts = found.groupdict()
    if fiscal := parts.get("fiscal"):
        return int(fiscal) - 1, 4
    year = int(parts["year"]) % 100 + 2000
    if letter := parts.get("letter"):
        return year, "abcd".index(letter) + 1
    if quarter := parts.get("quarter"):
        return year, int(quarter)
    month = parts.get("month", "january")
    return year, ((MONTHS.get(month) or int(month)) + 2) // 3


def behind_gate(address: str) -> str:
    """The file that a license page leads to; the address itself where it is no license page."""
    parts = urlsplit(address)
    if parts.path.lower() not in GATES:
        return address
    return urljoin(address, next(iter(parse_qs(parts.query).get("file", [])), "")) or address


def addresses(page: str, html: str) -> list[str]:
    """Every link of a page, made whole, each once and in order."""
    reader = _Links()
    reader.feed(html)
    return list(dict.fromkeys(urljoin(page, link.strip()) for link in reader.found))


def _comparable(address: str) -> str:
    return unquote(urlsplit(address).path).lower()


class _Links(HTMLParser):
    """Collects the `href` of every `a`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
