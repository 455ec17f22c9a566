"""What programs read is tested on the sample that pages are tested on."""

from tests.pages.conftest import get, sample, sample_of_module

__all__ = ["get", "sample", "sample_of_module"]
