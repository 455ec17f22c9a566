"""The sample, as the page tests have it."""

from tests.pages.conftest import sample, sample_of_module

__all__ = ["sample", "sample_of_module"]
