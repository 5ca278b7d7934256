"""Effect: a sheet has come and is to be read."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetDue:
    sheet_id: int
