"""Answers come in: by name, for a section, or without a name."""
from random import SystemRandom
from typing import Any

from sqlalchemy import delete, insert, select, update

from boards.events import NoticeAnswered
from boards.forms.surveys import AnswerDraft
from boards.models.notices import Notice
from boards.models.receipts import Receipt
from boards.models.surveys import COUNTED, Count, Question, Reply, Word
from boards.permissions import Boards, Sheet
from boards.queries.sheets import sheet_for
from boards.queries.surveys import holder_of, questions_of
from groupware.directory.queries import sections_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict

STALE = "答えているあいだにお知らせが直されました。いまの設問を見てから、もう一度送ってください。"
LOT = SystemRandom()
NUMBERS = 2**53


@command(Boards.ANSWER, on=sheet_for)
def answer_notice(actor: Actor, sheet: Sheet, draft: AnswerDraft) -> None:
    """Until the due date it may be changed, but not what was answered without a name: nobody could tell which it was."""
    notice, receipt = sheet.notice, sheet.receipt
    questions = questions_of(notice)
    if receipt is None or draft.asked != notice.asked or not draft.answers.keys() <= {question.id for question in questions}:
        raise Conflict(STALE)
    if notice.anonymous:
        _drop_in_the_box(questions, draft)
    else:
        _keep_reply(actor, notice, receipt, draft)
    settle_receipts(notice, receipt)
    record(actor, NoticeAnswered(notice.id, notice.asked))


def settle_receipts(notice: Notice, receipt: Receipt) -> None:
    """Done: this person, or everybody in a section that answers as one."""
    now = clock.now()
    mine = update(Receipt).where(Receipt.notice_id == notice.id, Receipt.gone_at.is_(None)).execution_options(synchronize_session=False)
    done: dict[str, Any] = {"confirmed": notice.asked, "confirmed_at": _when(notice), "waiting": False}
    db.session.flush()
    units = _section(notice, receipt) if notice.by_unit else None
    whom = Receipt.unit_id.in_(units) if units else Receipt.user_id == receipt.user_id
    db.session.execute(mine.where(whom).values(done))
    db.session.execute(mine.where(Receipt.user_id == receipt.user_id, Receipt.opened_at.is_(None)).values(opened_at=now))
    db.session.expire_all()


def answer_with_section(notice: Notice) -> int:
    """Who came into a section that has answered has nothing left to do, either."""
    if not notice.by_unit:
        return 0
    seats = set(db.session.scalars(select(Receipt.unit_id).where(Receipt.notice_id == notice.id, Receipt.waiting)))
    answered = {int(holder.partition(":")[2]) for holder in db.session.scalars(select(Reply.holder).where(
        Reply.notice_id == notice.id, Reply.asked >= notice.asked))}
    units = [unit for unit, section in sections_of(seats).items() if section in answered]
    late = update(Receipt).where(Receipt.notice_id == notice.id, Receipt.waiting, Receipt.unit_id.in_(units))
    return max(db.session.execute(late.values(waiting=False, confirmed=notice.asked, confirmed_at=clock.now())
                                  .execution_options(synchronize_session=False)).rowcount, 0)      # type: ignore[attr-defined]


def _when(notice: Notice) -> Any:
    """Without a name also without the minute."""
    return clock.now().replace(hour=0, minute=0, second=0, microsecond=0) if notice.anonymous else clock.now()


def _section(notice: Notice, receipt: Receipt) -> list[int]:
    seats = set(db.session.scalars(select(Receipt.unit_id).where(Receipt.notice_id == notice.id, Receipt.gone_at.is_(None)).distinct()))
    sections = sections_of(seats | {receipt.unit_id})
    return [unit for unit in seats if sections[unit] == sections[receipt.unit_id]]


def _keep_reply(actor: Actor, notice: Notice, receipt: Receipt, draft: AnswerDraft) -> None:
    holder, answers = holder_of(notice, receipt), {str(number): answer for number, answer in draft.answers.items()}
    known = db.session.get(Reply, (notice.id, holder))
    if known and known.asked == notice.asked and known.answers == answers:
        raise Already(None)
    reply = known or Reply(notice_id=notice.id, holder=holder)
    reply.unit_id, reply.user_id, reply.user_name, reply.user_label = receipt.unit_id, actor.user_id, actor.name, actor.label
    reply.asked, reply.answers, reply.at = notice.asked, answers, clock.now()
    db.session.add(reply)


def _drop_in_the_box(questions: list[Question], draft: AnswerDraft) -> None:
    """Only counts and words without order: no row of them can be told to have come with somebody's receipt."""
    for question in questions:
        answer = draft.answers.get(question.id)
        if answer is None:
            continue
        if question.kind in COUNTED:
            _count(question, answer if isinstance(answer, list) else [answer])
        else:
            _shuffle_in(question, str(answer))


def _count(question: Question, chosen: list[int]) -> None:
    """All choices of the question are written anew, whichever was chosen."""
    found = dict(db.session.execute(select(Count.choice, Count.people).where(Count.question_id == question.id)).all())
    db.session.execute(delete(Count).where(Count.question_id == question.id))
    rows = [{"question_id": question.id, "choice": place, "people": found.get(place, 0) + (place in chosen)}
            for place in range(len(question.choices))]
    db.session.execute(insert(Count), rows)


def _shuffle_in(question: Question, text: str) -> None:
    words = [*db.session.scalars(select(Word.text).where(Word.question_id == question.id)), text]
    LOT.shuffle(words)
    db.session.execute(delete(Word).where(Word.question_id == question.id))
    db.session.execute(insert(Word), [{"id": LOT.randrange(NUMBERS), "question_id": question.id, "text": each} for each in words])
