"""The practice of one address on every link and form of its page: a hundred look-ups need one ZIP code, without a
cookie and without JavaScript.

It is done to the finished HTML, so that parts of pages are made and kept once for everybody (ADR 10).
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html_join

from codes.carried_parameters import CARRIED, carried, merge_carried
from codes.parameters import API, FOR_PROGRAMS, STAYING, names_read_at

Pairs = Sequence[tuple[str, str]]
Respond = Callable[[HttpRequest], HttpResponse]
_LINK = re.compile(r'href="(/[^"?#]*|(?=\?))(\?[^"#]*)?(?=[#"])')
# Its tag, and what stands in it: from "<" to "<" a step.
_FORM = re.compile(r"(<form\b[^>]*>)([^<]*(?:<(?!/form>)[^<]*)*)")
_NAME = re.compile(r'\sname="([^"]+)"')
_ACTION = re.compile(r'\saction="([^"?]*)')
NAMESPACES = {"codes", "contributions"}
POSTED = ("/audit/", "/remittance/")  # pages that answer a list which stands in no address
OF_CONTRIBUTIONS = ("/denials/", "/toolkit/", "/reports/")  # pages of which codes.parameters says nothing


def carry_over_middleware(get_response: Respond) -> Respond:
    """Middleware: the practice of the request's address goes along on the links and forms of its page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        source = practice_source(request)
        practice = carried({name: source.get(name, "") for name in source})
        if practice and _is_page(request, response):
            page = response.content.decode(response.charset)
            response.content = carry_over(page, practice, request.path).encode(response.charset)
        return response

    return answer


def practice_source(request: HttpRequest) -> QueryDict:
    """Where the practice of a page stands: in its address, or for the answer to a posted list beside the list. The list
    itself is no part of it: it would go into the links and forms of the page."""
    if request.GET or request.path not in POSTED:
        return request.GET
    beside = QueryDict(mutable=True)
    for name in CARRIED.keys() & request.POST.keys():
        beside.setlist(name, request.POST.getlist(name))
    return beside


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    ours = match is not None and bool(NAMESPACES & set(match.namespaces))
    return ours and not response.streaming and response.get("Content-Type", "").startswith("text/html")


def carry_over(page: str, practice: Pairs, path: str = "/") -> str:
    """The HTML of a page with `practice` on every link and form of the site that does not say it differently itself.

    >>> carry_over('<a href="/cpt/99214/?mod=25">', [("zip", "60601")])
    '<a href="/cpt/99214/?mod=25&amp;zip=60601">'
    """
    # Most of a page's hundred links have no parameters of their own.
    alone = f"?{escape(urlencode(practice))}"

    def with_practice(link: re.Match[str]) -> str:
        address, query = link.groups()
        if not takes_practice(address or path):
            return link[0]
        return f"{link[0]}{_lacking(query, practice) if query else alone}"

    page = _LINK.sub(with_practice, page)
    return _FORM.sub(lambda form: form[1] + _hidden(form[1], form[2], practice, path) + form[2], page)


def _lacking(query: str, practice: Pairs) -> str:
    """What the parameters of a link, as they stand in an attribute, lack of the practice, to be put behind them."""
    there = [(part.partition("=")[0], "") for part in unescape(query[1:]).split("&") if part]
    more = escape(urlencode(merge_carried(there, dict(practice))[len(there) :]))
    return f"{'&amp;' if len(query) > 1 else ''}{more}" if more else ""


def _hidden(tag: str, body: str, practice: Pairs, path: str) -> str:
    """Hidden fields for what a form that asks for a page lacks of the practice."""
    action = _ACTION.search(tag)
    if 'method="post"' in tag.lower() or not takes_practice((action and action[1]) or path):
        return ""
    there = [(name, "") for name in _NAME.findall(body)]
    more = merge_carried(there, dict(practice))[len(there) :]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', more)


@lru_cache(maxsize=4096)
def takes_practice(path: str) -> bool:
    """Whether an address is of a page: files for programs say what they take, and staff need none of it."""
    if path.endswith(FOR_PROGRAMS) or path.startswith(API):
        return False
    known = names_read_at(path)
    return path.startswith(OF_CONTRIBUTIONS) if known is None else known >= STAYING
