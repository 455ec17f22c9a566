"""What was withdrawn or erased is in no file of the database any more."""

import pytest
from django.db import connection

from tests.loaders.conftest import migrated, sqlite_site
from tests.loaders.sites import Site

__all__ = ["migrated", "sqlite_site"]

REMARK = "Zebra operative remark"
SCRIPT = f"""
import datetime
from pathlib import Path
from django.conf import settings
from django.db import connection
from contributions import tokens
from contributions.reports import actions
from contributions.reports import receipts
from contributions.models import Report
from contributions.sender import Sender
today = datetime.date(2026, 11, 23)
path = settings.DATABASES["default"]["NAME"]
def found():
    return [e for e in ("", "-wal") if Path(path + e).exists() and b"{REMARK}" in Path(path + e).read_bytes()]
from tests.contributions.telling import tell
receipt = tell(1, note="{REMARK}")
before = found()
%s
print(before, found())
"""
WAYS = {
    "withdraw": "actions.withdraw(receipt, today)",
    "erase_notes": "actions.erase_notes(Report.objects.all())",
}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no such file")
@pytest.mark.parametrize("way", WAYS)
def test_what_was_erased_is_in_no_file(sqlite_site: Site, way: str) -> None:
    done = sqlite_site.manage("shell", "--verbosity", "0", "--command", SCRIPT % WAYS[way])
    assert done.returncode == 0, done.stderr
    before, after = done.stdout.strip().split("] [")
    assert "-wal" in before
    assert after == "]"
