"""What our reactions yield."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportDue:
    """A list waits for the helper."""

    import_id: int
