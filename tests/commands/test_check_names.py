"""`check_names`: every name of ours beside CMS's own files."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import builders


def test_a_path_without_relative_values_is_refused_in_words(tmp_path: Path) -> None:
    builders.written(tmp_path / "notes.txt", b"nothing here\n")
    with pytest.raises(CommandError, match="No relative value file is there"):
        call_command("check_names", str(tmp_path))


def test_a_path_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("check_names", str(tmp_path / "rvu99a.zip"))


@pytest.mark.full_size
def test_every_name_says_what_cms_says_and_every_cpt_code_has_one(
    cms_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_names", str(cms_files / "rvu25d.zip"), str(cms_files / "rvu26c.zip"))
    printed = capsys.readouterr().out
    assert "0 CPT codes of CMS's files have no name" in printed
    assert "Nothing found." in printed
