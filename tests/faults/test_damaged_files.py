"""CMS's files, damaged at random: each is refused in words, or loaded whole.

200 damaged files by default; DAMAGE_FILES says how many, DAMAGE_SEED which; --log-cli-level=INFO shows the ends.
"""

import io
import logging
import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from codes.models import Release
from codes.models.release import ReleaseState
from codes.queries.data_health import EXPECTED

COUNT = int(os.environ.get("DAMAGE_FILES", "200"))
SEED = int(os.environ.get("DAMAGE_SEED", "1"))
FILES = Path(settings.BASE_DIR) / "fixtures" / "cms"
LARGEST = 400_000
logger = logging.getLogger(__name__)

Damage = Callable[[random.Random, bytes], bytes]


def cut_short(dice: random.Random, content: bytes) -> bytes:
    return content[: dice.randrange(len(content))]


def flip_a_byte(dice: random.Random, content: bytes) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]


def scatter_noise(dice: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(20):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def lose_a_line(dice: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def say_a_line_twice(dice: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    return b"".join([*lines[:at], lines[at], *lines[at:]])


def swap_two_lines(dice: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def lose_a_cell(dice: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    lines[at] = lines[at].replace(b"," if b"," in lines[at] else b"\t", b"", 1)
    return b"".join(lines)


def become_a_web_page(dice: random.Random, content: bytes) -> bytes:
    return b"<!DOCTYPE html><html><title>License Agreement</title></html>"


def turn_to_nulls(dice: random.Random, content: bytes) -> bytes:
    at = dice.randrange(len(content))
    return content[:at] + b"\x00" * min(512, len(content) - at) + content[at + 512 :]


def stutter(dice: random.Random, content: bytes) -> bytes:
    return content + content[dice.randrange(len(content)) :]


DAMAGES: tuple[Damage, ...] = (
    cut_short,
    flip_a_byte,
    scatter_noise,
    lose_a_line,
    say_a_line_twice,
    swap_two_lines,
    lose_a_cell,
    become_a_web_page,
    turn_to_nulls,
    stutter,
)


def sample_files() -> list[Path]:
    """The files of the sample that are read in well under a second, the same order everywhere."""
    return sorted(path for path in FILES.rglob("*") if path.is_file() and path.stat().st_size < LARGEST)


def damaged_files(count: int, seed: int) -> list[tuple[str, str, bytes]]:
    """So many damaged files: what was done, the file's name, its bytes. Half of the plain ones come in a zip."""
    dice, files, made = random.Random(seed), sample_files(), []
    for number in range(count):
        path, damage = dice.choice(files), DAMAGES[number % len(DAMAGES)]
        content = path.read_bytes()
        if path.suffix != ".zip" and dice.random() < 0.5:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                inside = damage(dice, content) if dice.random() < 0.5 else content
                archive.writestr(path.name, inside)
            whole = packed.getvalue()
            content = whole if inside != content else damage(dice, whole)
            made.append((damage.__name__, f"{path.stem}.zip", content))
        else:
            made.append((damage.__name__, path.name, damage(dice, content)))
    return made


def loaded_or_refused(path: Path) -> str:
    """What `load_cms` says of a file: its last sentence."""
    out = io.StringIO()
    try:
        call_command("load_cms", str(path), stdout=out)
    except CommandError as refusal:
        return f"refused: {refusal}"
    return out.getvalue().strip().splitlines()[-1]


def rows_that_should_be_there() -> list[tuple[str, int, int]]:
    """Every ready release whose rows are not as many as it says, and every half one."""
    wrong = [
        (release.name, release.row_count, -1)
        for release in Release.objects.filter(state=ReleaseState.LOADING)
    ]
    for release in Release.objects.ready():
        rows = EXPECTED[release.source].table._default_manager.filter(release=release).count()  # type: ignore[index]
        if rows != release.row_count:
            wrong.append((release.name, release.row_count, rows))
    return wrong


@pytest.mark.slow
@pytest.mark.django_db
def test_a_damaged_file_is_refused_in_words_or_loaded_whole(tmp_path: Path) -> None:
    ends = Counter[str]()
    for number, (damage, name, content) in enumerate(damaged_files(COUNT, SEED)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_bytes(content)
        told = loaded_or_refused(folder / name)
        word = told.partition(" ")[0].rstrip(":")
        ends[word] += 1
        assert word in ("refused", "loaded", "unchanged"), (damage, name, told)
        if word == "refused":
            assert len(told) > 30, (damage, name, told)
            assert "Traceback" not in told
        assert rows_that_should_be_there() == [], (damage, name, told)
    logger.info("%s damaged files, seed %s: %s", COUNT, SEED, dict(ends))
    assert not connection.needs_rollback
    assert ends["refused"] > COUNT / 4, ends


def test_there_are_enough_files_and_each_damage_changes_something() -> None:
    assert len(sample_files()) >= 10
    dice, content = random.Random(1), b"a,b,c\r\nd,e,f\r\n" * 50
    for damage in DAMAGES:
        assert any(damage(dice, content) != content for _ in range(5)), damage.__name__
