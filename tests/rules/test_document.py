"""docs/rules.md says what the rules say."""

from pathlib import Path

from django.conf import settings

from codes.rules.document import as_markdown


def test_the_document_of_rules_is_up_to_date() -> None:
    written = (Path(settings.BASE_DIR) / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "run: python -m codes.rules.document > docs/rules.md"
