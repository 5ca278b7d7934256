"""What the templates of the boards say besides the house's own words."""
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup
from sqlalchemy import Row

from boards.models.notices import ANSWER, CIRCULATE, CONFIRM, TELL
from boards.permissions import Desk, Remark, Sheet, can_unsay
from boards.queries.desks import depths
from boards.queries.surveys import in_words
from boards.views.reading import blueprint
from groupware.directory.queries import PersonCard, UnitNode
from groupware.kernel import clock
from groupware.kernel.actor import Actor

MOST_REMARKS = 2_000
DEEDS = {TELL: "既読", CONFIRM: "確認", ANSWER: "回答", CIRCULATE: "既読"}        # what being done is called


@blueprint.context_processor
def words() -> dict[str, Callable[..., object]]:
    return {"local_day": local_day, "last_day": last_day, "choose_boards": choose_boards, "people_chosen": people_chosen,
            "choose_units": choose_units, "deed": DEEDS.get, "shown_answer": in_words, "day_of": date.fromisoformat,
            "remarks": remarks}


def choose_units(tree: list[UnitNode], deep: int = 0) -> list[tuple[int, str]]:
    found = []
    for node in tree:
        found += [(node.id, "　" * deep + node.name), *choose_units(node.children, deep + 1)]
    return found


def local_day(at: datetime) -> date:
    return at.astimezone(clock.JST).date()


def last_day(at: datetime) -> date:
    """A window ends as a day begins: the day before was the last one."""
    return (at - timedelta(seconds=1)).astimezone(clock.JST).date()


def choose_boards(desks: list[Desk]) -> list[tuple[int, str]]:
    deep = depths(desks)
    return [(desk.board.id, "　" * deep[desk.board.id] + desk.board.name) for desk in desks]


def people_chosen(people: Mapping[int, PersonCard], numbers: Collection[str] | None) -> list[PersonCard]:
    return [people[int(number)] for number in numbers or () if int(number) in people]


def remarks(actor: Actor, sheet: Sheet, comments: list[Row[Any]]) -> list[Markup]:
    """What was asked and answered, in the order of the list, with what one may take back."""
    today = clock.today()
    return [_remark(tuple(each), sheet.notice.id if _may_unsay(actor, sheet, each) else 0, today) for each in comments]


@lru_cache(MOST_REMARKS)
def _remark(comment: tuple[Any, ...], taken_back_at: int, _: date) -> Markup:
    """Who asks and answers is read by hundreds, on the day it was written: the words before it say which day that is."""
    drawn: Markup = get_template_attribute("boards/_comments.html", "one")(taken_back_at, *comment)
    return drawn


def _may_unsay(actor: Actor, sheet: Sheet, comment: Row[Any]) -> bool:
    return can_unsay(actor, Remark(comment.id, comment.author_id, bool(comment.deleted_at), sheet))
