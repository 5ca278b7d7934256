"""What the administrator decides about the mails."""
from sqlalchemy import delete, insert

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.notifications.events import LetterTriedAgain, PostChanged, TrialSent
from groupware.notifications.models import FAILED, WAITING, Letter, Setting
from groupware.notifications.permissions import Notifications
from groupware.notifications.post.writing import new_letter
from groupware.notifications.queries.letters import TITLES, letter_for


@command(Notifications.KEEP_POST)
def change_post(actor: Actor, titles: bool) -> None:    # noqa: FBT001 (what is kept, no switch of this function)
    connection = db.unit().connection
    connection.execute(delete(Setting).where(Setting.name == TITLES))
    connection.execute(insert(Setting), [{"name": TITLES, "value": str(int(titles))}])
    record(actor, PostChanged(titles))


@command(Notifications.KEEP_POST, on=letter_for)
def retry_letter(actor: Actor, letter: Letter) -> None:
    """From the beginning, with as many attempts as a new one."""
    if letter.state != FAILED:
        raise Already(None)
    letter.state, letter.due_at, letter.attempts, letter.error = WAITING, clock.now(), 0, ""
    record(actor, LetterTriedAgain(letter.id))


@command(Notifications.KEEP_POST)
def send_trial(actor: Actor) -> int:
    """To oneself."""
    letter_id = new_letter(actor.user_id, [])
    record(actor, TrialSent(letter_id))
    return letter_id
