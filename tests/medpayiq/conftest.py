"""The pages of the sample, as the page tests have them."""

from tests.pages.conftest import sample, sample_of_module

__all__ = ["sample", "sample_of_module"]
