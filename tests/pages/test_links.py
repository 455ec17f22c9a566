"""Every link of the site, from the home page on: none is dead, every #fragment is there, every page has a way on.

Followed are all addresses within the site. Of the pages of one kind (the name of the address in codes/urls.py), which
differ in a code, a modifier or a locality, `OF_EACH_KIND` are opened, and one for each set of parameters; those of a
practice, which every link carries, count as one.
"""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from codes.carried_parameters import CARRIED

pytestmark = pytest.mark.usefixtures("sample")
HOST = "http://127.0.0.1:8000"
OF_EACH_KIND = 3
WAYS_ON = {"/", "/search/"}
NOT_PAGES = {"admin", "static"}
PRACTICE = "practice"


class Links(HTMLParser):
    """What a page leads to, what its own parts are called, and what it asks of others."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.actions: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.ids |= {at["id"]} if "id" in at else set()
        if tag in ("a", "area", "link") and "href" in at:
            self.links.append(at["href"])
        for name in ("hx-get", "src"):
            if name in at:
                self.links.append(at[name])
        if tag == "form" and at.get("method", "get") == "get":
            self.actions.append(at.get("action", ""))


class Crawl:
    """The site from one address on."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.wrong: list[str] = []
        self.fragments: dict[
            str, set[tuple[str, str]]
        ] = {}  # of a page: each id that is asked for, and by which page
        self.kinds: Counter[str] = Counter()
        self.queries: set[tuple[str, frozenset[str]]] = set()
        self.seen: set[str] = set()
        self.ids: dict[str, set[str]] = {}
        self.waiting: deque[tuple[str, str]] = deque()

    def run(self, *start: str) -> "Crawl":
        self.waiting.extend((address, "the beginning") for address in start)
        while self.waiting:
            self.open(*self.waiting.popleft())
        self.wrong += [
            f"{page}#{name} is not there, from {source}"
            for page, wanted in self.fragments.items()
            for name, source in wanted
            if page in self.ids and name not in self.ids[page]
        ]
        return self

    def open(self, address: str, source: str) -> None:
        if address in self.seen or not self.is_worth_it(address):
            return
        self.seen.add(address)
        answer = self.client.get(address)
        if answer.status_code in (301, 302):
            self.follow(answer.headers["Location"], address, address)
            return
        if answer.status_code != 200:
            self.wrong.append(f"{answer.status_code}: {address}, from {source}")
        if answer.streaming:
            list(answer)  # a file is open until it is read
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            self.read(answer.content.decode(), address)

    def is_worth_it(self, address: str) -> bool:
        """Whether few enough pages of this kind were opened; what leads nowhere at all is."""
        parts = urlsplit(address)
        try:
            kind = resolve(parts.path).view_name
        except Resolver404:
            return True
        names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        if names:
            query = kind, frozenset(PRACTICE if name in CARRIED else name for name in names)
            is_new = query not in self.queries
            self.queries.add(query)
            return is_new
        self.kinds[kind] += 1
        return self.kinds[kind] <= OF_EACH_KIND

    def read(self, page: str, address: str) -> None:
        found = Links()
        found.feed(page)
        self.ids[address] = found.ids
        for link in found.links:
            self.follow(link, address, address)
        if page.startswith("<!doctype") and not urlsplit(address).path.startswith("/embed/"):
            targets = {urlsplit(each).path for each in (*found.links, *found.actions)}
            if not targets >= WAYS_ON:
                self.wrong.append(f"{address} has no way on to {WAYS_ON - targets}")

    def follow(self, link: str, page: str, source: str) -> None:
        parts = urlsplit(urljoin(f"{HOST}{page}", link))
        if parts.scheme in ("mailto", "data", "tel"):
            return
        if parts.netloc != "127.0.0.1:8000":
            if parts.scheme != "https":
                self.wrong.append(f"{link} is not https, from {source}")
            return
        if parts.path.split("/")[1] in NOT_PAGES:
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.fragment:
            self.fragments.setdefault(address, set()).add((parts.fragment, source))
        self.waiting.append((address, source))


@pytest.mark.slow
def test_no_link_is_dead_no_fragment_missing_and_no_page_without_a_way_on(client: Client) -> None:
    crawl = Crawl(client).run("/")
    assert crawl.wrong == []
    assert len(crawl.kinds) > 50, "the pages lead to one another"


def test_the_crawl_tells_what_is_wrong(client: Client) -> None:
    crawl = Crawl(client)
    crawl.read(
        '<!doctype html><a href="#gone"></a><a href="http://x.test/"></a><a href="/no/page/"></a>', "/x/"
    )
    crawl.run()
    told = (
        "http://x.test/ is not https",
        "/x/ has no way on",
        "404: /no/page/, from /x/",
        "/x/#gone is not there",
    )
    assert all(any(found.startswith(each) for found in crawl.wrong) for each in told), crawl.wrong
