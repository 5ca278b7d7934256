"""What a sitting has decided and given to be done, in words for all staff: of what not all of them may read nothing shows, not even a number."""
from collections.abc import Iterator

from flask import url_for

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.kernel.announcing import Announcement
from groupware.kernel.errors import Invalid
from meetings.agenda import lay_out
from meetings.models.bodies import PUBLIC, STAFF
from meetings.models.minutes import ACTION, DECISION, ENTRY_KINDS, Entry
from meetings.models.results import DROPPED, Action
from meetings.models.sittings import Item
from meetings.queries.items import items_of
from meetings.queries.minutes import entries_of
from meetings.queries.results import actions_of
from meetings.rights import Desk

LONGEST_NAME = 100


def digest_of(desk: Desk) -> Announcement:
    """Raises Invalid where there is nothing to tell."""
    sitting, name = desk.table.sitting, desk.table.seat.body.name
    told = list(_told(sitting.id, [line.item for line in lay_out(sitting, items_of(sitting.id), ())]))
    if not told:
        raise Invalid("全職員に知らせる決定と対応事項が、この会議にはありません。")
    day = clock.wareki(sitting.starts_at.astimezone(clock.JST).date())
    parts = [f"{day}の第{sitting.number}回 {name}で決まったことと、これからすることです。", *told,
             f"[議事録を読む]({url_for('meetings.minutes', sitting_id=sitting.id)})"]
    return Announcement(f"{name[:LONGEST_NAME]} 第{sitting.number}回のまとめ", "\n\n".join(parts))


def _told(sitting_id: int, items: list[Item]) -> Iterator[str]:
    """Item by item, in the order of the agenda."""
    written = entries_of(sitting_id, Entry.kind.in_((DECISION, ACTION)))
    actions = actions_of([entry.id for rows in written.values() for entry in rows])
    names = {person: card.name for person, card in people_cards(action.owner_id for action in actions.values()).items()}
    for item in items:
        lines = [_line(entry, actions.get(entry.id), names) for entry in written[item.id] if not _is_dropped(actions.get(entry.id))]
        if lines and item.level in {PUBLIC, STAFF}:
            yield "\n".join([f"## {item.title}", "", *lines])


def _line(entry: Entry, action: Action | None, names: dict[int, str]) -> str:
    said = f"- **{ENTRY_KINDS[entry.kind]}** {' '.join(entry.body.split())}"
    if action is None:
        return said
    until = f"、{action.due_on.month}月{action.due_on.day}日まで" if action.due_on else ""
    return f"{said}（{names.get(action.owner_id, '担当は未定')}{until}）"


def _is_dropped(action: Action | None) -> bool:
    return action is not None and action.state == DROPPED
