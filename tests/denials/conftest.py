"""What is asked of pages runs on the sample, as tests of pages do."""

from tests.pages.conftest import get, sample, sample_of_module

__all__ = ["get", "sample", "sample_of_module"]
