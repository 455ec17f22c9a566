"""Names that were a dialect of this project; docs/glossary.md has the words in their place.

`python -m tests.retired_names` lists where one stands, with exit code 1; `make check` runs it.
"""

import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("codes", "contributions", "staff", "medpayiq", "deploy", "benchmarks/faults")

# Of classes, functions, variables and modules.
_NAMES = (
    "Answer Asked Dossier ForgivingRedisCache Kept KeptPages Lookup LookupForm Money Place Stamp Told "
    "Wanted World asked asked_in asking dossier doubt fences given keep_pages kept_for kept_page look_up "
    "lookup may_be_kept place preparing settle settle_line signing_up sticky stuck_to taught tell_of told "
    "unkept unlogged weigh world"
)
RETIRED = frozenset(_NAMES.split())
# Retired within longer names too, such as weigh_row.
RETIRED_WORDS = frozenset(("dossier", "doubt", "judge", "settle", "taught", "told", "weigh"))
# What templates called the keys of their fragments.
RETIRED_IN_TEMPLATES = RETIRED | {"about", "there"}
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def found() -> list[str]:
    """Each retired name that stands somewhere, with its file and line."""
    return sorted({*_in_modules(), *_in_templates()})


def is_retired(name: str) -> bool:
    """Whether a name is retired, or made of a word that is.

    >>> is_retired("lookup"), is_retired("_judge_code"), is_retired("register_lookup")
    (True, True, False)
    """
    return name in RETIRED or not RETIRED_WORDS.isdisjoint(name.split("_"))


def _in_modules() -> Iterator[str]:
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT)
        if is_retired(path.stem):
            yield f"{name}: a module called {path.stem}"
        with tokenize.open(path) as source:
            for token in tokenize.generate_tokens(source.readline):
                if token.type == tokenize.NAME and is_retired(token.string):
                    yield f"{name}:{token.start[0]}: {token.string}"


def _in_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        for tag in TAG.finditer(text):
            for name in re.findall(r"\w+", QUOTED.sub("", tag[0])):
                if name in RETIRED_IN_TEMPLATES:
                    yield f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, tag.start()) + 1}: {name}"


def main() -> int:
    """Print what was found; 1 where anything was."""
    names = found()
    sys.stdout.write("".join(f"{name}\n" for name in names))
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
