"""A vote is opened, members tap, it ends, and its result stands in the minutes."""
from sqlalchemy import delete

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from meetings.commands.minutes import kept_record
from meetings.drafts import VoteDraft
from meetings.minutes_events import BallotCast, EntryWritten, VoteEnded, VoteOpened
from meetings.models.minutes import DECISION, DEPUTY, Entry
from meetings.models.results import AGAINST, ASKING, ASSENT, CHOICES, ENDED, FOR, OBJECT, Ballot, Vote
from meetings.queries.minutes import is_there, note_for, seated
from meetings.queries.results import Tally, poll_for, tallies_of, tally_of
from meetings.rights import VOTING, Minutes, Note, Poll

OVER = "この採決は終わっています。"


@command(Minutes.RUN, on=note_for)
def open_vote(actor: Actor, note: Note, draft: VoteDraft) -> int:
    """One at a time on an item."""
    kept_record(note.desk)
    item = note.topic.item
    if any(tally.vote.state == ASKING for tally in tallies_of(item.sitting_id)[item.id]):
        raise Conflict("この議題では、もう採決が始まっています。終えてから次を始めてください。")
    vote = Vote(sitting_id=item.sitting_id, item_id=item.id, kind=draft.kind, question=draft.question, state=ASKING, opened_at=clock.now())
    db.session.add(vote)
    db.session.flush()
    record(actor, VoteOpened(item.id, item.sitting_id, vote.id))
    return vote.id


@command(Minutes.VOTE, on=poll_for)
def cast_ballot(actor: Actor, poll: Poll, choice: str) -> None:
    """One's own, until it ends; "" takes it back."""
    _cast(actor, poll, actor.user_id, choice)


@command(Minutes.RUN, on=poll_for)
def cast_for_deputy(actor: Actor, poll: Poll, user_id: int, choice: str) -> None:
    """What the deputy of a member says aloud, put down by who runs the sitting; where the body lets deputies vote."""
    there = is_there(poll.vote.sitting_id, user_id)
    if there is None or there.presence != DEPUTY or user_id not in seated(poll.note.desk.table.seat.body, VOTING):
        raise Forbidden("代理出席の委員の分だけ、代わりに入れられます。")
    if not poll.note.desk.table.seat.body.deputies_vote:
        raise Forbidden("この会議体では、代理の人は採決に加わりません。")
    _cast(actor, poll, user_id, choice)


@command(Minutes.RUN, on=poll_for)
def end_vote(actor: Actor, poll: Poll, casting: str = "") -> None:
    """``casting``: how the chair decides when both sides are equal."""
    vote = poll.vote
    kept_record(poll.note.desk)
    if vote.state != ASKING:
        raise Conflict(OVER)
    db.session.flush()
    words = result_of(tally_of(vote), casting)
    entry = Entry(sitting_id=vote.sitting_id, item_id=vote.item_id, kind=DECISION, speaker="", body=words, version=1, removed=False,
                  by_id=actor.user_id, by_name=actor.name, at=clock.now())
    db.session.add(entry)
    db.session.flush()
    vote.state, vote.ended_at, vote.entry_id = ENDED, clock.now(), entry.id
    record(actor, EntryWritten(entry.id, entry.item_id, entry.sitting_id))
    record(actor, VoteEnded(vote.item_id, vote.sitting_id, vote.id))


def result_of(tally: Tally, casting: str) -> str:
    """As it stands in the minutes; the vote is named."""
    if tally.vote.kind == ASSENT:
        objecting = _names(tally, OBJECT)
        return f"{tally.vote.question}：" + (f"異議あり（{objecting}）" if objecting else "異議なし")
    ayes, noes = tally.number(FOR), tally.number(AGAINST)
    if ayes == noes and casting not in {FOR, AGAINST}:
        raise Invalid(casting="賛成と反対が同じ数です。議長がどちらに決めたかを選んでください。")
    passed = ayes > noes or (ayes == noes and casting == FOR)
    by_chair = "（可否同数のため議長が決定）" if ayes == noes else ""
    sides = [f"{words} {number}人" + (f"（{_names(tally, value)}）" if number else "") for value, words, number in tally.choices]
    return f"{tally.vote.question}：{'可決' if passed else '否決'}{by_chair}\n" + "、".join(sides)


def _cast(actor: Actor, poll: Poll, user_id: int, choice: str) -> None:
    vote = poll.vote
    if vote.state != ASKING:
        raise Conflict(OVER)
    if choice and choice not in CHOICES[vote.kind]:
        raise Invalid(choice="選び直してください。")
    there = is_there(vote.sitting_id, user_id)
    if there is None:
        raise Forbidden("出席と記録された委員だけが採決に加われます。出欠を事務局に確かめてください。")
    if there.presence == DEPUTY and actor.user_id == user_id:
        raise Forbidden("代理の方が出席しています。採決は代理の方の声を事務局が記録します。")
    if choice:
        db.session.merge(Ballot(vote_id=vote.id, user_id=user_id, choice=choice, by_id=actor.user_id, at=clock.now()))
    else:
        db.session.execute(delete(Ballot).where(Ballot.vote_id == vote.id, Ballot.user_id == user_id))
    record(actor, BallotCast(vote.item_id, vote.sitting_id, vote.id, user_id, choice))


def _names(tally: Tally, choice: str) -> str:
    people = [person for person, said in tally.by.items() if said == choice]
    return "、".join(card.name for card in people_cards(people).values())
