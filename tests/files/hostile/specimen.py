"""One file that means harm."""
from collections.abc import Callable
from dataclasses import dataclass

UNKNOWN, TEXT, PDF = "application/octet-stream", "text/plain", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PNG, JPEG, GIF = "image/png", "image/jpeg", "image/gif"


@dataclass(frozen=True, slots=True)
class Specimen:
    """``make`` gives the bytes when they are needed; ``kind`` is what the house must take them for."""

    title: str
    name: str
    make: Callable[[], bytes]
    kind: str


def given(content: bytes) -> Callable[[], bytes]:
    return lambda: content
