"""Why a release is not loaded, in a sentence for the operator."""


class LoadRefused(Exception):
    """A file was read, and what it holds must not become a release."""


class Undated(LoadRefused):
    """A file does not say enough of itself to be dated, and the sentence asks the operator for what is missing."""
