"""Lists that are brought in."""
from dataclasses import dataclass
from datetime import date

from groupware.kernel.errors import Invalid

UNITS, PEOPLE = "units", "people"
WHAT = {UNITS: "組織", PEOPLE: "職員"}
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """``day``: from when on what is new or changed counts, where a line does not say it itself. Raises Invalid."""

    what: str
    file_name: str
    body: bytes
    day: date

    def __post_init__(self) -> None:
        if self.what not in WHAT:
            raise Invalid(what="組織か職員かを選んでください。")
        if not self.body.strip():
            raise Invalid(file="CSVファイルを選んでください。")
        if len(self.body) > LARGEST:
            raise Invalid(file="ファイルが大きすぎます（2MBまで）。職員の名簿なら1万人分ほどです。")
