"""An asking on its way over the desk, for the tests of it."""
from datetime import timedelta

from sqlalchemy import select

from groupware.approvals.commands.absences import register_absence
from groupware.approvals.commands.asking import ask_approval
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.following import follow_all
from groupware.approvals.forms import AbsenceDraft, AskingDraft
from groupware.approvals.permissions import Paper
from groupware.approvals.queries.askings import holders_of, paper_for
from groupware.approvals.queries.seats import route_up
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.jobs import drain
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from tests.directory.town import actor, build_town, person
from tests.support.prepared import prepared


@prepared
def hall() -> dict[str, Actor]:
    """市民環境部長, 市民課長, two 係長 of it, a clerk of 窓口係, and the head of 税務課."""
    build_town()
    made = {"director": ("相馬 典子", "0300", "部長"), "head": ("藤倉 美咲", "0310", "課長"), "chief": ("小野寺 陽太", "0311", "係長"),
            "clerk": ("柏木 真帆", "0311", "主事"), "tax": ("倉持 浩明", "0320", "課長")}
    return {key: actor(person(name, at=at, post=post)) for key, (name, at, post) in made.items()}


def ask(asker: Actor, steps: int = 1, thing: Ref | None = None, title: str = "窓口の表示を試すこと") -> int:
    made: int = ask_approval(asker, AskingDraft(title, "一か月の試行です。", route_up(asker, steps), thing))
    db.end_reading()
    return made


def paper(who: Actor, asking_id: int) -> Paper:
    db.end_reading()
    return paper_for(who, asking_id)


def due(asking_id: int) -> int:
    step = paper(SYSTEM, asking_id).due
    assert step
    return step.id


def approve(who: Actor, asking_id: int) -> None:
    approve_step(who, asking_id, due(asking_id))
    db.end_reading()


def settle(who: Actor, thing: Ref, returned: str = "") -> None:
    """What is asked of a thing is granted, or ``returned`` with these words."""
    asked = approval_desk().standing(thing)
    assert asked
    if returned:
        return_asking(who, asked.ref.id, due(asked.ref.id), returned)
        db.end_reading()
    else:
        approve(who, asked.ref.id)


def state(asking_id: int) -> str:
    return paper(SYSTEM, asking_id).asking.state


def before(asking_id: int) -> dict[str, bool]:
    """Before whom it lies, and whether they stand in."""
    return {card.name: stands_in for card, stands_in in holders_of(paper(SYSTEM, asking_id))}


def told(who: Actor) -> list[str]:
    while drain():
        db.forget_reading()
    return list(db.session.scalars(select(Notification.reason).where(Notification.user_id == who.user_id).order_by(Notification.id)))


def be_away(who: Actor, deputy: Actor | None = None, days: int = 3) -> int:
    made: int = register_absence(who, AbsenceDraft(clock.today(), clock.today() + timedelta(days), deputy.user_id if deputy else None))
    db.end_reading()
    follow_all()
    db.end_reading()
    return made
