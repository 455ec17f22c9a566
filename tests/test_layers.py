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


def test_no_template_decides_by_a_year_of_its_own() -> None:
    """The years of the rules stand in codes/pricing, where the checklist of each January finds them."""
    tags = re.compile(r"{%[^%]*\b20\d\d\b[^%]*%}")
    templates = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    assert len(templates) > 40
    assert [path.name for path in templates if tags.search(path.read_text())] == []
