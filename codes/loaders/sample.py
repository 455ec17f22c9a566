"""The sample that comes with the project: CMS's true figures for the codes that are billed most."""

from collections.abc import Iterator
from pathlib import Path

from codes.loaders.candidate import Candidate
from codes.loaders.load_release import LoadResult, load_together
from codes.loaders.plan import plan
from codes.loaders.rows import Options
from codes.loaders.texts import load_texts
from codes.loaders.tips import load_tips
from codes.models import Release


def load_sample(fixtures: Path) -> Iterator[LoadResult]:
    """Load what is missing of the sample. A full release of the same source and day is never replaced by it."""
    load_texts(fixtures / "texts")
    load_tips(fixtures / "texts")
    for together in plan([fixtures / "cms"]).sets():
        yield from load_together(
            [each for each in together if not _is_loaded_in_full(each)], Options(), sample=True
        )


def _is_loaded_in_full(candidate: Candidate) -> bool:
    """Whether a full release of the same source and day is there."""
    full = Release.objects.ready().filter(is_sample=False)
    return full.filter(source=candidate.source, effective_from=candidate.effective_from).exists()
