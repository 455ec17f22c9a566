"""The tree, the map of the README and the contracts of import-linter name the same rooms."""

import re
import tomllib

from django.conf import settings

ROOT = settings.BASE_DIR
OURS = ("codes", "contributions", "staff")
UNMAPPED = {"dist", "var", "collected"}  # made here, and not kept


def packages() -> set[str]:
    return {f"{root}/{path.parent.name}/" for root in OURS for path in (ROOT / root).glob("*/__init__.py")}


def mapped() -> list[str]:
    """The folders in the first column of the README's map."""
    section = (ROOT / "README.md").read_text().split("## The map")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?`) \|", section, re.M)
    return [room for row in rows for room in re.findall(r"`([^`]+/)`", row)]


def in_contracts() -> set[str]:
    """The packages that a contract of import-linter names, themselves or by one of their modules."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = [
        module
        for contract in contracts
        for key in ("layers", "modules", "source_modules", "forbidden_modules")
        for entry in contract.get(key, ())
        for module in re.split(r"\s*[|:]\s*", entry)
    ]
    return {"/".join(module.split(".")[:2]) + "/" for module in named if module.count(".")}


def test_every_package_is_in_the_map_once() -> None:
    rooms = [room for room in mapped() if room.startswith(OURS)]
    assert sorted(rooms) == sorted(packages())


def test_every_room_of_the_map_is_there() -> None:
    assert [room for room in mapped() if not (ROOT / room).is_dir()] == []


def test_every_top_folder_is_in_the_map() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {room.split("/")[0] for room in mapped()} <= UNMAPPED


def test_every_package_keeps_a_contract() -> None:
    assert packages() - in_contracts() == set()
    assert {room for room in in_contracts() if (ROOT / room).is_dir()} <= packages()


def test_the_path_of_a_figure_names_files_that_are_there() -> None:
    text = (ROOT / "docs" / "from-file-to-figure.md").read_text()
    paths = re.findall(r"`((?:codes|contributions|staff|templates|tests|medpayiq)/[\w./]+)`", text)
    assert len(set(paths)) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []
