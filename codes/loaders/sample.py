"""The sample that comes with the project: CMS's true figures for the codes that are billed most."""

from collections.abc import Iterator
from pathlib import Path

from codes.loaders.load_release import Outcome, load
from codes.loaders.plan import plan
from codes.loaders.rows import Options
from codes.loaders.texts import load_texts
from codes.loaders.tips import load_tips
from codes.models import Release


def load_sample(fixtures: Path) -> Iterator[Outcome]:
    """Load what is missing of the sample. A full release of the same source and day is never replaced by it."""
    load_texts(fixtures / "texts")
    load_tips(fixtures / "texts")
    for candidate in plan([fixtures / "cms"]).candidates:
        held = Release.objects.ready().filter(
            source=candidate.source, effective_from=candidate.effective_from, is_sample=False
        )
        if not held.exists():
            yield load(candidate, Options(), sample=True)
