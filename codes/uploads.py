"""Files that are read and forgotten: held in memory, never written to the disk as Django does with large ones."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class MemoryUpload(FileUploadHandler):
    """Holds a file in memory. MOST_BYTES_SENT bounds what can be sent at all."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, without its name: that may hold a person's."""
        self.held.seek(0)
        return InMemoryUploadedFile(self.held, self.field_name, "remittance", None, file_size, None)
