"""The minutes as somebody may see them: block by block, each with its paragraphs, corrections, votes and actions."""
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from meetings.agenda import Line as AgendaLine
from meetings.agenda import lay_out
from meetings.models.minutes import DECISION, PROPOSED, Correction, Entry
from meetings.models.results import Action
from meetings.pace import Pace, overrun, paces
from meetings.permissions import Topic, can_read_item
from meetings.queries.items import items_of
from meetings.queries.minutes import corrections_of, entries_of
from meetings.queries.results import Tally, actions_of, tallies_of
from meetings.rights import Desk, Line, Note, can_correct, can_read_note, can_write


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``owner`` and ``action`` of what is to be done; ``corrections`` to those who answer them, and one's own."""

    entry: Entry
    action: Action | None
    owner: Any
    corrections: list[Correction]


@dataclass(frozen=True, slots=True)
class Block:
    line: AgendaLine
    pace: Pace
    paragraphs: list[Paragraph]
    tallies: list[Tally]
    may_write: bool
    may_correct: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """``overrun`` in minutes; ``people`` who are named in it."""

    blocks: list[Block]
    ends: Any
    overrun: int
    people: dict[int, Any]


def sheet_for(actor: Actor, desk: Desk, only: int | None = None) -> Sheet:
    """Eight questions at the most, however many items and paragraphs. Clock and numbers count what one may not see."""
    lines = lay_out(desk.table.sitting, items_of(desk.table.sitting.id), ())
    found = paces(lines, clock.now())
    seen = [line for line in lines if only in {None, line.item.id} and can_read_item(actor, Topic(line.item, desk.table))]
    blocks, people = _blocks(actor, desk, seen, found)
    return Sheet(blocks, max((pace.ends for pace in found.values()), default=desk.table.sitting.starts_at), overrun(lines, found), people)


def _blocks(actor: Actor, desk: Desk, seen: list[AgendaLine], found: dict[int, Pace]) -> tuple[list[Block], dict[int, Any]]:
    sitting_id = desk.table.sitting.id
    entries, corrections, tallies = entries_of(sitting_id), corrections_of(sitting_id), tallies_of(sitting_id)
    actions = actions_of([entry.id for rows in entries.values() for entry in rows])
    people = people_cards({*(action.owner_id for action in actions.values()), *_voters(tallies)})
    blocks = []
    for line in seen:
        note = Note(Topic(line.item, desk.table), desk)
        shown = [entry for entry in entries[line.item.id] if _may_see(actor, note, entry)]
        paragraphs = [Paragraph(entry, actions.get(entry.id), people.get(actions[entry.id].owner_id) if entry.id in actions else None,
                                _wishes(actor, note, corrections[entry.id])) for entry in shown]
        open_here = can_read_note(actor, note)
        blocks.append(Block(line, found[line.item.id], paragraphs, tallies[line.item.id] if open_here else [], can_write(actor, note),
                            bool(shown) and can_correct(actor, Line(shown[0], note))))
    return blocks, people


def _may_see(actor: Actor, note: Note, entry: Entry) -> bool:
    """概要: what was decided, before the minutes stand."""
    return can_read_note(actor, note) or (note.desk.record.summary_at is not None and entry.kind == DECISION)


def _wishes(actor: Actor, note: Note, wishes: list[Correction]) -> list[Correction]:
    if can_write(actor, note):
        return [wish for wish in wishes if wish.state == PROPOSED]
    return [wish for wish in wishes if wish.by_id == actor.user_id]


def _voters(tallies: dict[int, list[Tally]]) -> Collection[int]:
    return {person for each in tallies.values() for tally in each for person in tally.by}
