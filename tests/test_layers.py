"""What import-linter cannot see of the layers: it knows no subpackage of Django."""

import re
from pathlib import Path

from django.conf import settings

DATABASE = re.compile(r"\bdjango\.db\b|\.objects\b")


def views() -> list[Path]:
    """The modules of the views of the reference."""
    return sorted((settings.BASE_DIR / "codes" / "views").glob("*.py"))


def test_no_view_of_the_reference_asks_the_database_itself() -> None:
    assert len(views()) > 20
    assert [path.name for path in views() if DATABASE.search(path.read_text())] == []
