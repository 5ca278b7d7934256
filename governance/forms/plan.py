"""A plan as its file has it."""
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from groupware.kernel import json
from groupware.kernel.errors import Invalid

MOST_BYTES = 2_000_000


class Maybe:
    """May be missing, may be null: nobody has said."""

    def __init__(self, shape: object) -> None:
        self.shape = shape


TERMS, NAMED = [{"term": str, "definition": str}], [{"code": str, "name": str}]
SHAPE: dict[str, Any] = {
    "plan": {"title": str}, "measures": [{"code": str, "number": int, "title": str, "actions": [{"no": int, "text": str}]}],
    "strategies": Maybe([{"number": int, "name": str}]), "glossary": Maybe(TERMS), "roles": Maybe(NAMED), "bodies": Maybe(NAMED),
    **dict.fromkeys(("period", "roadmap", "categories", "vision", "national_plan_crosswalk"), Maybe({}))}


@dataclass(frozen=True, slots=True)
class PlanDraft:
    content: dict[str, Any]
    digest: str
    reason: str = ""

    @classmethod
    def parse(cls, data: bytes, reason: str = "") -> Self:
        """Raises Invalid with a sentence that names the place."""
        if len(data) > MOST_BYTES:
            raise Invalid(file="ファイルが大きすぎます（2MBまで）。")
        try:
            content = json.loads(data)
        except json.JSONDecodeError as wrong:
            raise Invalid(file="JSON として読めません。UTF-8 で保存したファイルを選んでください。") from wrong
        trouble = next(_troubles(content, SHAPE, "計画"), None) or _twice(content)
        if trouble:
            raise Invalid(file=trouble)
        return cls(content, hashlib.sha256(json.dumps_sorted(content)).hexdigest(), reason)


def _troubles(value: Any, shape: Any, where: str) -> Iterator[str]:
    if isinstance(shape, Maybe):
        if value is not None:
            yield from _troubles(value, shape.shape, where)
    elif not _fits(value, shape):
        yield f"{where}がないか、形が違います。"
    elif isinstance(shape, dict):
        for key, inner in shape.items():
            yield from _troubles(value.get(key), inner, f"{where}の「{key}」")
    elif isinstance(shape, list):
        for number, each in enumerate(value, 1):
            yield from _troubles(each, shape[0], f"{where}の{number}番目")


def _fits(value: Any, shape: Any) -> bool:
    return isinstance(value, shape if isinstance(shape, type) else type(shape)) and not isinstance(value, bool)


def _twice(content: dict[str, Any]) -> str:
    codes = [measure["code"] for measure in content["measures"]]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return f"施策の番号 {twice[0]} が二つあります。" if twice else ""
