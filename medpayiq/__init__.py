"""The site. Versions are calendar versions: year, month, and a count within the month."""

__version__ = "2026.12.0"
