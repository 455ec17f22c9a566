"""What is right in our own names of codes: checked against CMS's descriptions and fields, none of which is kept."""

from .checks import CHECKS, Described, NameProblem, findings
from .exceptions import read_exceptions
from .names import Name, read_names

__all__ = ["CHECKS", "Described", "Name", "NameProblem", "findings", "read_exceptions", "read_names"]
