"""Initial passwords: made here, shown once, never kept in the clear."""
from collections.abc import Iterable
from dataclasses import dataclass, field

from groupware.auth import hashing
from groupware.auth.commands.passwords import issue_password
from groupware.auth.queries import people_without_own_password
from groupware.auth.tokens import new_initial_password
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel.actor import Actor

EVERYWHERE, NOWHERE = -1, 0
MOST_AT_ONCE = 200          # six seconds of argon2, between which other people's sign-ins take their turn


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to one person on paper."""

    card: PersonCard
    password: str


@dataclass(slots=True)
class Waiting:
    """A unit and its people who have no password yet, or have not changed the one they were given."""

    unit_name: str
    missing: list[int] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)


def issue(actor: Actor, user_id: int) -> str:
    """Returns the password, this one time."""
    password = new_initial_password()
    issue_password(actor, user_id, hashing.hash_of(password))
    return password


def issue_slips(actor: Actor, user_ids: Iterable[int]) -> list[Slip]:
    """Each is a command of its own: what was issued stays issued, whatever happens to the next."""
    cards = people_cards(list(user_ids)[:MOST_AT_ONCE])
    return [Slip(card, issue(actor, card.id)) for card in _by_unit(cards)]


def waiting_by_unit() -> dict[int, Waiting]:
    """Everybody first, then unit by unit; ``NOWHERE`` are those who belong to none today."""
    waiting = people_without_own_password()
    units = {EVERYWHERE: Waiting("すべての所属")}
    for card in _by_unit(people_cards(waiting)):
        for unit in (units[EVERYWHERE], units.setdefault(card.unit_id or NOWHERE, Waiting(card.unit_name or "所属なし"))):
            (unit.unused if waiting[card.id] else unit.missing).append(card.id)
    return units


def _by_unit(cards: dict[int, PersonCard]) -> list[PersonCard]:
    """As they are carried round the house."""
    return sorted(cards.values(), key=lambda card: (card.unit_id or NOWHERE, card.kana))
