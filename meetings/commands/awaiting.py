"""A place is kept in the agenda for a paper that is still to come."""
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from meetings.inquiring import Gap, Inquiries
from meetings.inquiry_drafts import AwaitedDraft
from meetings.inquiry_events import PaperAwaited, PaperNoLongerAwaited
from meetings.models.inquiries import AwaitedPaper
from meetings.permissions import Topic
from meetings.queries.inquiries import gap_for
from meetings.queries.items import topic_for


@command(Inquiries.AWAIT, on=topic_for)
def await_paper(actor: Actor, topic: Topic, draft: AwaitedDraft) -> int:
    awaited = AwaitedPaper(item_id=topic.item.id, title=draft.title, who=draft.who, due_on=draft.due_on)
    db.session.add(awaited)
    db.session.flush()
    record(actor, PaperAwaited(topic.item.id, topic.item.sitting_id))
    return awaited.id


@command(Inquiries.AWAIT, on=gap_for)
def await_no_more(actor: Actor, gap: Gap) -> None:
    db.session.delete(gap.awaited)
    record(actor, PaperNoLongerAwaited(gap.topic.item.id, gap.topic.item.sitting_id))
