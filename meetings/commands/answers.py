"""Who was called answers."""
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from meetings.events import SittingAnswered
from meetings.forms import AnswerDraft
from meetings.models.answers import Answer
from meetings.permissions import Meetings, Table
from meetings.queries.sittings import table_for


@command(Meetings.ANSWER, on=table_for)
def answer_call(actor: Actor, table: Table, draft: AnswerDraft) -> None:
    """For oneself; may be changed until the sitting begins."""
    db.session.merge(Answer(sitting_id=table.sitting.id, user_id=actor.user_id, answer=draft.answer, deputy=draft.deputy, at=clock.now()))
    record(actor, SittingAnswered(table.sitting.id, draft.answer))
