"""An upload stays in memory until it is sealed or kept: no copy in clear lies in a folder for temporary files."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from wangge.exchange.reading import MOST_BYTES


class InMemory(FileUploadHandler):
    """Holds a file in memory, up to the largest that is read at all."""

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin a file."""
        super().new_file(*given, **named)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; a file that is too large is cut off here."""
        if start > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the whole file on."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
