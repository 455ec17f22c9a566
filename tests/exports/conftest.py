"""What programs read is tested on the sample that pages are tested on."""

from tests.pages.conftest import get

__all__ = ["get"]
