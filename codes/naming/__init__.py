"""What is right in our own names of codes: checked against CMS's descriptions and fields, none of which is kept."""

from .checks import CHECKS, Described, Finding, findings
from .exceptions import read_exceptions
from .names import Name, read_names

__all__ = ["CHECKS", "Described", "Finding", "Name", "findings", "read_exceptions", "read_names"]
