"""Why a release is not loaded, in a sentence for the operator."""


class LoadRefused(Exception):
    """A file was read, and what it holds must not become a release."""
