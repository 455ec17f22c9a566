"""The worked examples that this version has."""

import hashlib
from functools import cache

from django.conf import settings

from codes.pricing.worked import WorkedExample, read_examples

TABLE = settings.BASE_DIR / "fixtures" / "worked_examples.json"


def worked_examples() -> list[WorkedExample]:
    """Every example with the amounts that the engine gives now."""
    return list(read_examples(TABLE))


@cache
def examples_sha256() -> str:
    """The hash by which a run knows the table that it was over."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()
