"""What stands on paper: the cover of a bundle with its 次第, and the minutes with all that a 会議録 has to say."""
from collections.abc import Iterator, Sequence
from typing import Any

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.printing.documents import Block, Document, fields, heading, marked, right, table, text
from meetings.agenda import Line
from meetings.cards import name_of
from meetings.models.bodies import CHAIR, LEVELS, MEMBER, OBSERVER, PUBLIC, ROLES, SECRETARY, SPEAKER
from meetings.models.minutes import ACTION, DECISION, ENTRY_KINDS, PRESENCES, THERE, Entry, Presence
from meetings.models.sittings import KINDS
from meetings.permissions import Table
from meetings.queries.bodies import members_of
from meetings.queries.minutes import desk_of, entries_of, presences_of
from meetings.queries.results import actions_of

VERSIONS = {"public": "公開用", "staff": "庁内用", "members": "委員用", "secret": "機密を含む"}


def cover(board: Table, lines: Sequence[Line], places: dict[int, Any], level: str) -> Document:
    """``places``: by paper where it lies in the bundle."""
    rows = [[_time(line), f"{'　' * line.depth}{line.number} {line.item.title}\n{_below(line, places)}".rstrip(), KINDS[line.item.kind],
             _numbers(line, places)] for line in lines]
    return Document("次第", (fields(_when(board)), heading("議題と資料"), table(["時刻", "議題・資料", "種類", "通し番号"], rows, [18, 106, 18, 28]),
                           right(VERSIONS[level])), under=name_of(board), foot=name_of(board), plain=True)


def minutes(board: Table, lines: Sequence[Line], level: str) -> Document:
    desk, presences = desk_of(board), presences_of(board.sitting.id)
    entries = entries_of(board.sitting.id)
    blocks: list[Block] = [fields([*_when(board), *_who(board, presences), ("傍聴", _visitors(desk.record.visitors)),
                                   ("議題", "\n".join(f"{line.number} {line.item.title}" for line in lines)), ("会議資料", _papers(lines))]),
                           heading("会議の経過（要点筆記）")]
    for line in lines:
        blocks += [heading(f"{line.number} {line.item.title}", 2), *_said(entries[line.item.id])]
    decided = [entry for line in lines for entry in entries[line.item.id] if entry.kind == DECISION]
    blocks += [heading("決定事項"), *([text("・" + entry.body.replace("\n", "\n　")) for entry in decided] or [text("なし")])]
    if desk.record.locked_at:
        blocks.append(right(f"{clock.wareki(desk.record.locked_at.astimezone(clock.JST).date())} 確定\n{desk.record.locked_by}"))
    return Document("会議録", tuple(blocks), under=name_of(board), foot=f"{name_of(board)}・{VERSIONS[level]}")


def _when(board: Table) -> list[tuple[str, str]]:
    sitting, body = board.sitting, board.seat.body
    local = sitting.starts_at.astimezone(clock.JST)
    opened = "公開" if body.level == PUBLIC else f"非公開（{LEVELS[body.level]}の会議のため）"
    return [("会議名", name_of(board)), ("日時", f"{clock.wareki(local.date())} {local:%H:%M}から"), ("場所", sitting.place), ("公開の別", opened)]


def _who(board: Table, presences: dict[int, Presence]) -> Iterator[tuple[str, str]]:
    """委員 who were there and who were not, then 事務局, 説明員, オブザーバー with their posts."""
    seats = dict(members_of(board.seat.body))
    sitting = [card for role in (CHAIR, MEMBER) for card in seats.get(role, [])]
    there = [card for card in sitting if card.id in presences and presences[card.id].presence in THERE]
    yield "出席委員", _names(there, presences)
    yield "欠席委員", _names([card for card in sitting if card not in there], {}) or "なし"
    for role in (SECRETARY, SPEAKER, OBSERVER):
        if seats.get(role):
            yield ROLES[role], _names(seats[role], {})


def _names(cards: Sequence[Any], presences: dict[int, Presence]) -> str:
    return "\n".join(f"{card.name}（{card.label}）{_how(presences.get(card.id))}" for card in cards)


def _how(presence: Presence | None) -> str:
    if presence is None or presence.presence == "present":
        return ""
    return f"　{PRESENCES[presence.presence]}" + (f" {presence.deputy}" if presence.deputy else "")


def _said(entries: Sequence[Entry]) -> Iterator[Block]:
    actions = actions_of([entry.id for entry in entries])
    people = people_cards(action.owner_id for action in actions.values())
    for entry in entries:
        if entry.kind == DECISION:
            yield marked(entry.body, ENTRY_KINDS[DECISION])
        elif entry.kind == ACTION and entry.id in actions:
            action = actions[entry.id]
            owner = people[action.owner_id].name if action.owner_id in people else ""
            yield marked(f"{entry.body}\n{owner}{f'・{clock.wareki(action.due_on)}まで' if action.due_on else ''}", ENTRY_KINDS[ACTION])
        else:
            yield text(entry.body, entry.speaker.replace("（", "\n（") or ENTRY_KINDS[entry.kind])
    if not entries:
        yield text("記録なし")


def _visitors(number: int | None) -> str:
    return "なし" if not number else f"{number}人"


def _papers(lines: Sequence[Line]) -> str:
    return "\n".join(f"{label} {paper.title}" for line in lines for label, paper in line.papers) or "なし"


def _below(line: Line, places: dict[int, Any]) -> str:
    return "\n".join(f"{'　' * (line.depth + 1)}{label} {paper.title}" for label, paper in line.papers if paper.id in places)


def _numbers(line: Line, places: dict[int, Any]) -> str:
    found = [places[paper.id] for _, paper in line.papers if paper.id in places]
    return "" if not found else "\n" + "\n".join(f"{part.first}" if part.first == part.last else f"{part.first}–{part.last}" for part in found)


def _time(line: Line) -> str:
    return f"{line.begins.astimezone(clock.JST):%H:%M}"
