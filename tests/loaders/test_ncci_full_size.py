"""All bundling edits of July 2024, as published: loaded by `load_cms`, counted, and asked for through the pages.

The files are loaded once, into a database of their own on the engine that the suite runs on, and every question is
put by one process of the site. The first days in these copies are placeholders, so that an edit that has not ended
stands on any day.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.loaders.sites import Site

pytestmark = [pytest.mark.full_size, pytest.mark.slow]

PAIRS = {
    ("45385", "45380"): "denied as billed",
    ("93000", "93005"): "denied as billed",
    ("29881", "29877"): "denied",
    ("20610", "76942"): "denied as billed",
    ("80053", "80048"): "denied",
    ("76377", "76376"): "denied",
    ("20610", "20605"): "no edit",
}
SETTINGS = ("practitioner", "hospital")
AUG_1_2024 = "2024-08-01"
LAST_DAY, DAY_AFTER = "2019-12-31", "2020-01-01"  # of 97140/97530 in both sets

# Runs within the site: the rows by release and kind, and the pages of the addresses in ASKED.
ASK = """
import json, os
from datetime import date
from django.db.models import Count
from django.test import Client
from codes.models import PtpEdit, Release
from codes.queries import bundling
counts = {}
for release in Release.objects.ready():
    rows = PtpEdit.objects.filter(release=release)
    active = rows.filter(deletion__isnull=True)
    twice = active.values("column_one", "column_two").annotate(n=Count("pk")).filter(n__gt=1)
    counts[release.source] = {
        "rows": release.row_count,
        "stored": dict(rows.values_list("indicator").annotate(Count("pk")).order_by()),
        "active": dict(active.values_list("indicator").annotate(Count("pk")).order_by()),
        "pairs_twice": twice.count(),
        "listed": {
            code: bundling.counts(release, bundling.EditFilter(code=code, at=date(2024, 8, 1)))
            for code in ("76376", "96523")
        },
        "checks": release.checks,
    }
client = Client()
pages = {address: client.get(address).content.decode() for address in json.loads(os.environ["ASKED"])}
print(json.dumps({"counts": counts, "pages": pages}))
"""


def pair_page(one: str, two: str, day: str = AUG_1_2024, setting: str = "practitioner") -> str:
    """The address of a pair's check."""
    return f"/ncci/?codes={one}+{two}&dos={day}&setting={setting}"


def addresses() -> Iterator[str]:
    """Every page that a test reads."""
    for (one, two), setting in product(PAIRS, SETTINGS):
        yield pair_page(one, two, setting=setting)
        yield pair_page(two, one, setting=setting)
    for day, setting in product((LAST_DAY, DAY_AFTER), SETTINGS):
        yield pair_page("97140", "97530", day, setting)
        yield pair_page("97530", "97140", day, setting)


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    """An empty site beside the suite's own database."""
    var = tmp_path_factory.mktemp("ncci")
    if connection.vendor == "sqlite":
        yield _migrated(Site(f"sqlite:///{var}/site.sqlite3", var))
        return
    at = connection.settings_dict
    name = f"{at['NAME']}_ncci"
    with django_db_blocker.unblock():
        _execute(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
        host = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
        yield _migrated(Site(f"postgres://{host}/{name}", var))
        _execute(f'DROP DATABASE "{name}"')


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _migrated(site: Site) -> Site:
    assert site.manage("migrate", "--verbosity", "0").returncode == 0
    return site


@pytest.fixture(scope="module")
def told(site: Site, cms_files: Path) -> dict[str, Any]:
    """What the site answers once both sets are loaded."""
    zips = [path for setting in SETTINGS for path in sorted(cms_files.glob(f"*-{setting}-ptp-edits-*.zip"))]
    load = site.start("load_cms", *zips, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, complained = load.communicate(timeout=600)
    assert load.returncode == 0, complained
    asked = {"ASKED": json.dumps(list(addresses()))}
    done = site.manage("shell", "--verbosity", "0", "--command", ASK, env=asked)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def verdict(page: str) -> str:
    """The outcome of the only verdict; a pair without an edit stands in a sentence of its own."""
    if "<p>No edit found for " in page:
        return "no edit"
    (status,) = re.findall(r'<strong class="status [a-z_]+">(.*?)</strong></h3>', page)
    if status != "Denied":
        return str(status)
    return "denied" if "which no modifier bypasses" in page else "denied as billed"


def test_every_row_of_both_sets_is_there(told: dict[str, Any]) -> None:
    rows = {source: count["rows"] for source, count in told["counts"].items()}
    assert rows == {"ptp_practitioner": 2_546_017, "ptp_hospital": 1_775_818}


def test_the_rows_by_indicator_are_those_of_the_files(told: dict[str, Any]) -> None:
    assert told["counts"]["ptp_practitioner"]["stored"] == {"0": 739_553, "1": 1_707_611, "9": 98_853}
    assert told["counts"]["ptp_hospital"]["stored"] == {"0": 60_675, "1": 1_685_259, "9": 29_884}


def test_the_active_edits_are_as_many_as_cms_has_and_none_has_indicator_9(told: dict[str, Any]) -> None:
    assert told["counts"]["ptp_practitioner"]["active"] == {"0": 508_947, "1": 1_160_873}
    assert told["counts"]["ptp_hospital"]["active"] == {"0": 46_741, "1": 1_289_116}


def test_no_pair_has_two_active_edits(told: dict[str, Any]) -> None:
    assert [count["pairs_twice"] for count in told["counts"].values()] == [0, 0]


def test_the_first_release_of_a_source_is_compared_with_none(told: dict[str, Any]) -> None:
    assert told["counts"]["ptp_practitioner"]["checks"] == ["2,546,017 rows"]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_a_pair_has_its_verdict_in_both_orders(
    told: dict[str, Any], pair: tuple[str, str], setting: str
) -> None:
    one, two = pair
    pages = [told["pages"][pair_page(*codes, setting=setting)] for codes in ((one, two), (two, one))]
    assert [verdict(page) for page in pages] == [PAIRS[pair]] * 2


@pytest.mark.parametrize("setting", SETTINGS)
def test_an_edit_stands_on_its_last_day_and_not_on_the_day_after(told: dict[str, Any], setting: str) -> None:
    for codes in (("97140", "97530"), ("97530", "97140")):
        verdicts = [verdict(told["pages"][pair_page(*codes, day, setting)]) for day in (LAST_DAY, DAY_AFTER)]
        assert verdicts == ["denied as billed", "no edit"]


def test_a_pair_without_an_edit_names_release_setting_and_date(told: dict[str, Any]) -> None:
    page = told["pages"][pair_page("20610", "20605", setting="hospital")]
    assert "hospital release 2024 Q3" in page
    assert "2024-08-01" in page or "Aug" in page


def test_the_lists_of_a_short_and_a_long_code_have_their_edits_in_groups(told: dict[str, Any]) -> None:
    """76376 is column 1 of 8 and column 2 of 260 active edits; 96523 has over ten thousand."""
    listed = told["counts"]["ptp_practitioner"]["listed"]
    assert listed["76376"]["0"] + listed["76376"]["1"] == 8 + 260
    assert listed["96523"] == {"0": 10_468, "1": 11, "ended": 547}
