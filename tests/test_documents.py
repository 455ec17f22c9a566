"""What the documents say of commands, settings, pages and rooms is what the code has."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from medpayiq.starting import PROGRAMS
from tests import retired_names

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
OURS = ("codes", "contributions", "staff")


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def rows_of(document: str, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without back-ticks; the first two lines are its head."""
    part = text_of(document).split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_project_and_the_site_have_one_version() -> None:
    version = re.search(r'^version = "(.+)"$', text_of("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert version[1] == settings.VERSION
    assert re.fullmatch(r"20\d\d\.(1[0-2]|[1-9])\.\d+", settings.VERSION)


def test_every_command_is_in_the_reference_and_no_other() -> None:
    named = {row[0] for row in rows_of("docs/reference.md", "Commands")}
    assert named == {name for name, app in get_commands().items() if app in OURS}


def test_every_page_is_in_the_reference_under_an_address_that_leads_to_it() -> None:
    rows = rows_of("docs/reference.md", "Pages")
    has = {
        f"{namespace}:{pattern.name}"
        for namespace, (_, resolver) in get_resolver().namespace_dict.items()
        if namespace in OURS
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern)
    }
    assert {row[1] for row in rows} == has
    for address, name, _ in rows:
        assert resolve(address).view_name == name


def test_every_setting_of_the_environment_is_in_the_example() -> None:
    sources = [
        *(ROOT / "medpayiq").glob("*.py"),
        ROOT / "deploy/gunicorn.conf.py",
    ]
    read = {
        name
        for source in sources
        for name in re.findall(
            r'(?:\benv\.\w+|os\.environ\.get|getenv)[(,]\s*"([A-Z_]+)"', source.read_text()
        )
    }
    assert len(read) > 25
    told = set(re.findall(r"^#?([A-Z_]+)=", text_of(".env.example"), re.MULTILINE))
    assert read - told == set(), "read but not in .env.example"
    assert told - read == set(), "in .env.example but never read"


def test_the_map_in_the_readme_agrees_with_the_tree() -> None:
    named = set(re.findall(r"`([a-z_/]+/)`", "".join(map_rows())))
    missing = [name for name in named if not (ROOT / name).is_dir()]
    assert missing == []
    rooms = {f"codes/{path.name}/" for path in (ROOT / "codes").iterdir() if (path / "__init__.py").exists()}
    untold = rooms - named - {"codes/migrations/"}
    assert untold == set()


def map_rows() -> list[str]:
    part = text_of("README.md").split("\n## The map\n", 1)[1].split("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("|")]


def links() -> list[tuple[str, str]]:
    found = []
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                found.append((str(document.relative_to(ROOT)), target))
    return found


@pytest.mark.parametrize(("document", "target"), links())
def test_a_link_between_documents_leads_somewhere(document: str, target: str) -> None:
    assert (ROOT / document).parent.joinpath(target).exists()


def test_every_address_of_the_site_that_a_document_names_exists() -> None:
    wrong = []
    for document in DOCUMENTS:
        for address in re.findall(r"`(/[a-z][\w./-]*/)`", document.read_text(encoding="utf-8")):
            if address in ("/health/", "/ready/", "/styleguide/", "/tmp/", "/files/"):
                continue
            try:
                resolve(address)
            except Resolver404:
                wrong.append((document.name, address))
    assert [each for each in wrong if "*" not in each[1]] == []


def test_every_command_that_a_document_runs_exists() -> None:
    """After manage.py, medpayiq, deploy/job or `chore`; in a document of old decisions a command may be gone."""
    names = {*get_commands(), *PROGRAMS}
    run = r"(?:manage\.py|\.venv/bin/medpayiq|deploy/job|--rm chore) ([a-z]\w+)"
    wrong = [
        (document.name, name)
        for document in DOCUMENTS
        if "adr" not in document.parts and document.name != "CHANGELOG.md"
        for name in re.findall(run, document.read_text(encoding="utf-8"))
        if name not in names
    ]
    assert wrong == []


def test_every_file_and_target_that_the_operator_is_sent_to_exists() -> None:
    text = text_of("deploy/README.md") + text_of("docs/runbook.md")
    files = re.findall(r"\b((?:deploy|benchmarks|requirements)/[\w/.]+\w)", text)
    assert len(files) > 10
    made = {"deploy/secrets", "deploy/.env"}
    assert [name for name in files if name not in made and not list(ROOT.glob(f"{name}*"))] == []
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`)\n])", text)) <= targets
    settings_shown = set(re.findall(r"^    ([A-Z_]+)=", text_of("deploy/README.md"), re.MULTILINE))
    assert settings_shown <= set(re.findall(r"^#?([A-Z_]+)=", text_of(".env.example"), re.MULTILINE)) | {
        "SITE"
    }


def test_what_a_newcomer_looks_for_is_where_the_document_says() -> None:
    paths = re.findall(r"`([a-z_]+/[\w/.*]+)`", text_of("docs/where-is.md"))
    assert len(paths) > 20
    assert [path for path in paths if not list(ROOT.glob(path))] == []


def test_retired_names_do_not_come_back() -> None:
    assert retired_names.found() == []
