"""The front door: its links all lead somewhere, and it asks the database little."""

import re
from html import unescape

from django.test import Client

from tests.pages.conftest import Get


def test_every_link_of_the_home_page_answers(get: Get, client: Client) -> None:
    page = get("/").content.decode()
    links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)}
    assert len(links) > 60
    answers = {link: client.get(link).status_code for link in links if not link.startswith("/static/")}
    assert {link: status for link, status in answers.items() if status not in (200, 302)} == {}


def test_the_home_page_asks_the_database_once_beside_the_versions(
    get: Get, django_assert_max_num_queries: Get
) -> None:
    get("/")  # what a process keeps is kept
    with django_assert_max_num_queries(2):
        get("/")


def test_what_people_come_for_is_one_step_away(get: Get) -> None:
    page = get("/").content.decode()
    for address in (
        "/claim/",
        "/ncci/",
        "/compare/",
        "/list/",
        "/denials/",
        "/audit/",
        "/localities/",
        "/browse/",
    ):
        assert f'href="{address}"' in page


def test_the_home_page_names_the_codes_whose_amount_changed_most(get: Get) -> None:
    page = get("/").content.decode()
    shown = page.split("What changed, in money")[1].split("</table>")[0]
    rows = re.findall(r">(\w{5})</a>.*?>(\$[\d.,]+)<.*?>(\$[\d.,]+)<.*?>([+−])(\d+) %<", shown)
    assert rows
    percents = [int(row[4]) for row in rows]
    assert percents == sorted(percents, reverse=True)
    assert percents[-1] >= 3
    code, before, after, sign, percent = rows[0]
    was, now = (float(amount[1:].replace(",", "")) for amount in (before, after))
    assert round((now - was) / was * 100) == int(percent) * (1 if sign == "+" else -1), code
