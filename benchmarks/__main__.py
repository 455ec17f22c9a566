"""Run every benchmark: `CMS_FILES=FOLDER python -m benchmarks`; exit code 1 where a promise is broken."""

import importlib
import importlib.util
import sys

MODULES = ("loading", "ncci", "pricing", "search")


def main() -> int:
    """Run the `main()` of the modules that are there; one that returns False has broken a promise."""
    names = [f"benchmarks.{name}" for name in MODULES if importlib.util.find_spec(f"benchmarks.{name}")]
    kept = []
    for name in names:
        print(f"== {name.removeprefix('benchmarks.')}", flush=True)
        kept.append(importlib.import_module(name).main() is not False)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
