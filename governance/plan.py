"""What an edition says, as the pages ask for it. Nothing is added: what the city has not said is None and shown as 未設定."""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    content: Said

    def __getitem__(self, part: str) -> Any:
        return self.content.get(part)

    @property
    def title(self) -> str:
        return str(self.content["plan"]["title"])

    @property
    def measures(self) -> list[Said]:
        return list(self.content["measures"])

    @property
    def years(self) -> list[Said]:
        return list((self.content.get("period") or {}).get("year_columns") or [])

    def measure(self, code: str) -> Said | None:
        return next((each for each in self.measures if each["code"] == code), None)

    def strategy_of(self, measure: Said) -> Said | None:
        return self._first("strategies", "number", measure.get("strategy_number"))

    def measures_of(self, strategy: Said) -> list[Said]:
        return [each for each in self.measures if each.get("strategy_number") == strategy["number"]]

    def categories_of(self, measure: Said) -> tuple[list[str], bool]:
        """Their names, and whether they are only 推定."""
        said, inferred = measure.get("categories"), measure.get("categories_inferred")
        names = {each["code"]: each["name"] for each in (self.content.get("categories") or {}).get("items") or []}
        return [names.get(code, code) for code in said or inferred or ()], said is None

    def row_of(self, measure: Said) -> Said | None:
        rows = (self.content.get("roadmap") or {}).get("rows") or []
        return next((row for row in rows if row.get("measure_number") == measure["number"]), None)

    def national(self, measure: Said) -> list[tuple[str, str]]:
        """What the later national plan calls it, with the reader's own reservation."""
        table = self.content.get("national_plan_crosswalk") or {}
        versions = [(name.removesuffix("_items"), items) for name, items in table.items() if name.endswith("_items")]
        return [(items[tie[version] - 1], tie.get("note", "")) for version, items in versions
                for tie in table.get("map") or [] if tie.get("measure") == measure["number"] and tie.get(version)]

    def name_of(self, code: str) -> str:
        """Of a role or a body."""
        people = [*(self.content.get("roles") or []), *(self.content.get("bodies") or [])]
        return next((str(each["name"]) for each in people if each["code"] == code), code)

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """(where, what) whoever wrote the plan down remarks on it: not the city's words, and said so."""
        return list(_remarks("", self.content))

    def _first(self, part: str, key: str, value: object) -> Said | None:
        return next((each for each in self.content.get(part) or [] if each.get(key) == value), None)


def _remarks(where: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"note", "inferred"} and isinstance(each, str):
                yield value.get("name") or value.get("label") or where, each
            else:
                yield from _remarks(where if key.startswith("_") else str(key), each)
    elif isinstance(value, list):
        for each in value:
            yield from _remarks(where, each)
