"""The folder of the downloads, for Django's storages API."""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Files that are there whole or not at all, and that a new one replaces: as an object store has them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True, **options})

    def _save(self, name: str, content: Any) -> str:
        part: str = super()._save(f"{name}.part-{os.getpid()}", content)  # type: ignore[misc]  # the stubs lack it
        os.replace(self.path(part), self.path(name))
        return name
