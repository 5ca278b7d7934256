"""What differs between two frozen papers, field by field, in the words of the form."""
from dataclasses import dataclass
from typing import Any

from governance.models.papers import Snapshot
from groupware.kernel.text import same

LABELS = {
    "fiscal_year": "年度", "period": "期", "measure": "施策", "measures": "かかわる施策", "title": "取組", "body": "内容",
    "value": "実績値", "line": "一行", "rating_auto": "きまりによる評価", "rating": "評価", "rating_reason": "評価を変えたわけ",
    "results": "主な成果", "issues": "課題", "support": "支援してほしいこと", "next_steps": "次の期の予定",
    "own_rating": "自己評価", "own_words": "自己評価のわけ", "second_rating": "二次評価", "second_words": "二次評価のわけ",
    "opinions": "助言・所見", "author_name": "書いた人", "due_on": "期限"}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


def between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """In the order of the form. What only a round trip through cp932 changes is no change."""
    found = [(label, _words(before.get(name)), _words(after.get(name))) for name, label in LABELS.items() if name in before or name in after]
    return [Change(*each) for each in found if not same(each[1], each[2])]


def fields_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """(label, words) of all that has any."""
    found = [(label, _words(snapshot.content.get(name))) for name, label in LABELS.items()]
    return [(label, words) for label, words in found if words]


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
