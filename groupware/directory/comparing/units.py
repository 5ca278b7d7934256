"""A list of units beside the tree of that day."""
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from groupware.directory.comparing.keys import keys_of, not_found, note_uneven
from groupware.directory.comparing.plan import Difference, Plan, differences, kept
from groupware.directory.forms import UNITS, UnitDraft
from groupware.directory.models import UnitVersion
from groupware.directory.queries.lists import unit_kinds
from groupware.directory.queries.units import UnitNode, ids_by_unit_code, units_by_id, versions_on
from groupware.directory.tables.reading import Line, Sheet
from groupware.directory.usual import UNIT_KINDS

CAN_BE_EMPTIED = {"parent_code"}        # any other empty cell means: as it is


@dataclass(frozen=True, slots=True)
class NewUnit:
    line: int
    draft: UnitDraft

    def as_shown(self) -> dict[str, Any]:
        return {"line": self.line, "key": self.draft.code, "who": self.draft.name, "where": self.draft.parent_code, "day": self.draft.starts_on}


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    line: int
    unit_id: int
    draft: UnitDraft
    before: str
    differences: list[Difference]

    def as_shown(self) -> dict[str, Any]:
        return {"line": self.line, "key": self.draft.code, "who": self.before, "fields": self.differences, "day": self.draft.starts_on}


UnitPlan = Plan[NewUnit, ChangedUnit]


def plan_units(sheet: Sheet, day: date) -> UnitPlan:
    """Four queries, however long the list."""
    plan: UnitPlan = Plan(UNITS, day)
    now, known, versions = units_by_id(day), ids_by_unit_code(), versions_on(day)
    standing = {node.code: node for node in now.values()}
    lines = keys_of(plan, sheet.lines, "code", known)
    for code, line in lines.items():
        with plan.troubles_of(line.number):
            if code in standing:
                _compare(plan, line, standing[code], written(standing[code], now, versions[known[code]]), versions[known[code]])
            elif code in known:
                plan.trouble(line.number, "code", f"{code} は {day.isoformat()} の時点ではない組織です。同じコードは二度使えません。")
            else:
                plan.new.append(NewUnit(line.number, _dated(UnitDraft.parse({**line.cells, "code": code}), day)))
    plan.missing = [(code, node.name) for code, node in standing.items() if code not in lines]
    note_uneven(plan, [new.draft.code for new in plan.new], "code")
    _look_at_kinds(plan)
    _look_at_parents(plan, standing, now)
    return plan


def written(node: UnitNode, now: Mapping[int, UnitNode], version: UnitVersion) -> dict[str, str]:
    """A unit as a line of the list."""
    parent = now.get(node.parent_id or 0)
    return {"code": node.code, "name": node.name, "kind": node.kind, "parent_code": parent.code if parent else "", "authority": node.authority,
            "position": str(node.position), "starts_on": version.starts_on.isoformat()}


def _compare(plan: UnitPlan, line: Line, node: UnitNode, before: dict[str, str], version: UnitVersion) -> None:
    cells = {name: value for name, value in line.cells.items() if name in before and (value or name in CAN_BE_EMPTIED)}
    draft = UnitDraft.parse(kept(before, cells | {"code": node.code}))
    after = {"name": draft.name, "kind": draft.kind, "parent_code": draft.parent_code, "authority": draft.authority, "position": str(draft.position)}
    found = differences(UNITS, before, after)
    if not found:
        plan.unchanged += 1
        return
    said = draft.starts_on if draft.starts_on and draft.starts_on > version.starts_on else plan.day
    plan.changed.append(ChangedUnit(line.number, node.id, replace(draft, starts_on=said), node.name, found))


def _touched(plan: UnitPlan) -> list[NewUnit | ChangedUnit]:
    return [*plan.new, *plan.changed]


def _dated(draft: UnitDraft, day: date) -> UnitDraft:
    return draft if draft.starts_on else replace(draft, starts_on=day)


def _look_at_kinds(plan: UnitPlan) -> None:
    known = {kind.name for kind in unit_kinds()} or set(UNIT_KINDS)
    for each in _touched(plan):
        if each.draft.kind not in known:
            plan.trouble(each.line, "kind", f"種別「{each.draft.kind}」は一覧にありません（{'・'.join(sorted(known))}）。先に一覧へ加えてください。")


def _look_at_parents(plan: UnitPlan, standing: Mapping[str, UnitNode], now: Mapping[int, UnitNode]) -> None:
    """Every parent is there, not later than what stands below it, and no way up goes round."""
    begins = {new.draft.code: new.draft.starts_on for new in plan.new}
    parents = {code: now[node.parent_id].code for code, node in standing.items() if node.parent_id and node.parent_id in now}
    parents |= {each.draft.code: each.draft.parent_code for each in _touched(plan)}
    for each in _touched(plan):
        above, starts = each.draft.parent_code, each.draft.starts_on or plan.day
        if above and above not in standing and above not in begins:
            plan.trouble(each.line, "parent_code", not_found(above, [*standing, *begins]))
        elif (begins.get(above) or starts) > starts:
            plan.trouble(each.line, "parent_code", f"上位コード {above} の組織は、{begins[above]} からです。")
        elif _goes_round(each.draft.code, parents):
            plan.trouble(each.line, "parent_code", "上の組織をたどると、自分に戻ってしまいます。")


def _goes_round(code: str, parents: Mapping[str, str]) -> bool:
    way, step = {code}, parents.get(code)
    while step and step not in way:
        way.add(step)
        step = parents.get(step)
    return bool(step)
