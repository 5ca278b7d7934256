"""Run beside the house: founds it by its own commands, and prints who is there and where they talk.

``python -m tests.faults.founding PEOPLE ROOMS ROVERS``: everybody talks in two rooms; a rover comes and goes in one; a keeper manages all.
"""
import sys

from features import FEATURES
from groupware.app import create_app
from groupware.auth.commands.demo import list_demo_person
from groupware.config import Config
from groupware.directory.queries import people_cards
from groupware.kernel import db, json
from groupware.kernel.actor import SYSTEM, Actor
from tests.chat import town


def found(people: int, rooms: int, rovers: int) -> dict[str, object]:
    keeper = town.person("部屋 番")
    talkers = [town.person(f"話 人{number}") for number in range(people)]
    wanderers = [town.person(f"旅 人{number}") for number in range(rovers)]
    places = [_rooms_of(number, rooms) for number in range(people)]
    made = [town.room(keeper, *(actor for actor, place in zip(talkers, places, strict=True) if at in place), name=f"部屋{at}")
            for at in range(rooms)]
    _let_in([keeper, *talkers, *wanderers])
    return {"keeper": keeper.user_id, "rooms": made,
            "talkers": [[actor.user_id, [made[at] for at in place]] for actor, place in zip(talkers, places, strict=True)],
            "rovers": [[actor.user_id, made[number % rooms]] for number, actor in enumerate(wanderers)]}


def _rooms_of(number: int, rooms: int) -> list[int]:
    return sorted({number % rooms, (number + 1 + number // rooms) % rooms})


def _let_in(actors: list[Actor]) -> None:
    """They may be chosen at the demo's sign-in."""
    cards = people_cards([actor.user_id for actor in actors])
    for position, actor in enumerate(actors):
        list_demo_person(SYSTEM, cards[actor.user_id].staff_number, position, "検査のため")
    db.forget_reading()


if __name__ == "__main__":
    with create_app(FEATURES, Config.from_env()).app_context():
        print(json.dumps(found(*map(int, sys.argv[1:]))))
