"""What is asked of pages runs on the sample, as tests of pages do."""

from tests.pages.conftest import get

__all__ = ["get"]
