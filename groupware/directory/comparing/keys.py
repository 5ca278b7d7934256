"""Numbers and codes in a list: each once, and with the zeros Excel likes to drop."""
from collections import Counter
from collections.abc import Collection, Iterable

from groupware.directory.comparing.plan import Plan
from groupware.directory.forms.fields import code
from groupware.directory.tables.columns import title_of
from groupware.directory.tables.reading import Line


def keys_of(plan: Plan, lines: Iterable[Line], name: str, known: Collection[str]) -> dict[str, Line]:
    """The lines by their number or code; those that cannot be meant are troubles."""
    found: dict[str, Line] = {}
    for line in lines:
        with plan.troubles_of(line.number):
            key = code(line.cells, name)
            trouble = _trouble(key, found, known)
            if trouble:
                plan.trouble(line.number, name, trouble)
            else:
                found[key] = line
    return found


def with_zeros(key: str, known: Iterable[str]) -> str:
    """The known one which this is, but for zeros at its beginning; else nothing."""
    return next((other for other in known if other != key and other.lstrip("0") == key.lstrip("0")), "")


def not_found(key: str, known: Iterable[str]) -> str:
    meant = with_zeros(key, known)
    return f"{key} の組織が見つかりません" + (f"（{meant} のことなら、先頭の0が落ちています）。" if meant else "。")


def note_uneven(plan: Plan, keys: Iterable[str], name: str) -> None:
    """Among new numbers only their lengths tell that zeros were dropped."""
    lengths = Counter(len(key) for key in keys)
    if len(lengths) > 1:
        told = "、".join(f"{length}桁が{count}件" for length, count in sorted(lengths.items()))
        plan.notes.append(f"新しい{title_of(plan.what, name)}の桁数がそろっていません（{told}）。Excel で先頭の0が落ちていないか確かめてください。")


def _trouble(key: str, found: dict[str, Line], known: Collection[str]) -> str:
    if not key:
        return "空です。"
    if key in found:
        return f"{key} は {found[key].number}行目にもあります。"
    meant = "" if key in known else with_zeros(key, known)
    return f"{meant} のことなら、先頭の0が落ちています。" if meant else ""
