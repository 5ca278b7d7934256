"""Effect: a certificate has been asked for and is to be made."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToCertify:
    completion_id: int
