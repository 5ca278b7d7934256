"""Who may do what with boards and notices. Judged on a ``Desk`` (a board and one's rights there) or a ``Sheet`` (a notice in one's hands)."""
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, or_, select

from boards.models.notices import ANSWER, ASKING, BOOKED, CIRCULATE, CONFIRM, DRAFT, MODEL, OPEN, Notice
from boards.models.places import COMMENT, MANAGE, POST, READ, Board, Right
from boards.models.receipts import Receipt
from boards.models.routes import BACK, GOING, HERE, Step
from groupware.directory.queries import circles_of
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref

FOUNDERS = ("administrator", "steering")


class Boards(Permission):
    FOUND = "いちばん上の掲示板をつくる"
    ENTER = "掲示板を開く"
    MANAGE = "掲示板を管理する"
    POST = "掲示板にお知らせを載せる"
    SEE = "お知らせを読む"
    EDIT = "お知らせを直す・取り下げる"
    RECALL = "承認を願い出たお知らせを、手もとに戻す"
    COMMENT = "お知らせにお尋ねや答えを書く"
    UNSAY = "書き込みを取り消す"
    CONFIRM = "お知らせを確認する"
    ANSWER = "お知らせの設問に答える"
    COLLECT = "集まった回答を見る"
    STAMP = "回ってきたお知らせを見て、次へ回す"
    STAND_AT = "席にいない人に代わって、次へ回す"
    LEAD = "回覧を飛ばす・もう一度回す"
    FEED = "自分のフィードの番地をつくる・やめる"
    WATCH = "だれが読み、だれが確認したかを見る"
    STAND_IN = "端末のない同僚に代わって確認する"
    REMIND = "まだの人に知らせる"
    KEEP = "宛先を組織に合わせ、期日のことをする"


@dataclass(frozen=True, slots=True)
class Desk:
    board: Board
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``receipt`` is None for somebody it is not for; ``sends``: of the sending side; ``heads``: ids of the units whose receipts one may see."""

    notice: Notice
    board: Board
    receipt: Receipt | None
    verbs: frozenset[str]
    sends: bool
    heads: frozenset[int]

    @property
    def addressed(self) -> bool:
        return bool(self.receipt and not self.receipt.gone_at)

    @property
    def settled(self) -> bool:
        """This person has confirmed what is asked now."""
        return bool(self.receipt and self.receipt.confirmed >= self.notice.asked)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the hands of somebody who holds its notice."""

    comment_id: int
    author_id: int
    gone: bool
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of a round in somebody's hands. ``holds``: it lies with this person; ``near``: with somebody of the same section."""

    step: Step
    sheet: Sheet
    holds: bool
    near: bool


def verbs_with(found: frozenset[str]) -> frozenset[str]:
    """What a right brings with it."""
    if MANAGE in found:
        return frozenset((READ, POST, COMMENT, MANAGE))
    return found | {READ} if found else found


def visible_notices(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    mine = circles_of(actor)
    here = exists().where(Right.board_id == Board.rights_of, Right.who.in_(mine))
    rules = here.where(Right.verb == MANAGE)
    sends = or_(Notice.sender.in_(mine), rules)
    reads = or_(here, exists().where(Receipt.notice_id == Notice.id, Receipt.user_id == actor.user_id, Receipt.gone_at.is_(None)))
    models = and_(Notice.state == MODEL, here.where(Right.verb == POST))
    return select(Notice.id).join(Board, Board.id == Notice.board_id).where(or_(
        sends, and_(Notice.state == OPEN, reads), models, Notice.id.in_(approval_desk().held(actor, "boards.notice"))))


def can_see(actor: Actor, sheet: Sheet) -> bool:
    """What is only meant to be begun with (書式) is for those who post here; whoever is asked to approve it sees it."""
    reads = sheet.notice.state == OPEN and (sheet.addressed or READ in sheet.verbs)
    begins = sheet.notice.state == MODEL and POST in sheet.verbs
    return sheet.sends or reads or begins or approval_desk().holds(actor, Ref("boards.notice", sheet.notice.id))


def can_found(actor: Actor, _: object) -> bool:
    return any(actor.has(role) for role in (*FOUNDERS, "system"))


def can_enter(_: Actor, desk: Desk) -> bool:
    return READ in desk.verbs


def can_keep(actor: Actor, board: Board) -> bool:
    """The boards of the house. A group's own are kept by 行政管理課: who runs the program neither looks into them nor lets anybody in."""
    return can_found(actor, None) and (not board.of_group or actor.has("steering") or actor.has("system"))


def can_manage(actor: Actor, desk: Desk) -> bool:
    return MANAGE in desk.verbs or can_keep(actor, desk.board)


def can_post(_: Actor, desk: Desk) -> bool:
    return POST in desk.verbs and not desk.board.archived_at


def can_edit(_: Actor, sheet: Sheet) -> bool:
    """Not while somebody looks at it to approve it."""
    return sheet.sends and sheet.notice.state in {DRAFT, BOOKED, OPEN, MODEL}


def can_recall(actor: Actor, sheet: Sheet) -> bool:
    """Whoever asked, and nobody else of the sending side: the desk holds it the same way."""
    if not sheet.sends or sheet.notice.state != ASKING:
        return False
    asked = approval_desk().standing(Ref("boards.notice", sheet.notice.id))
    return asked is not None and asked.by == actor.user_id


def can_comment(_: Actor, sheet: Sheet) -> bool:
    """Whom it is for may ask; of the others those who may write on the board."""
    return is_current(sheet) and (sheet.sends or sheet.addressed or COMMENT in sheet.verbs)


def can_answer(actor: Actor, sheet: Sheet) -> bool:
    """Speaks for the sender: not who is merely asked like all others of the section, when a section writes to itself."""
    return sheet.sends and (not sheet.addressed or sheet.notice.author_id == actor.user_id or bool(sheet.heads))


def can_unsay(actor: Actor, remark: Remark) -> bool:
    return not remark.gone and (remark.author_id == actor.user_id or MANAGE in remark.sheet.verbs) and is_current(remark.sheet)


def can_confirm(_: Actor, sheet: Sheet) -> bool:
    return sheet.notice.strength == CONFIRM and sheet.addressed and is_current(sheet)


def can_fill(_: Actor, sheet: Sheet) -> bool:
    """Until the due date; what was answered without a name cannot be found again."""
    notice = sheet.notice
    in_time = notice.due_at is None or notice.due_at > clock.now()
    return notice.strength == ANSWER and sheet.addressed and is_current(sheet) and in_time and not (notice.anonymous and sheet.settled)


def can_collect(_: Actor, sheet: Sheet) -> bool:
    """What was answered is the sending side's alone."""
    return sheet.sends and sheet.notice.strength == ANSWER and sheet.notice.state == OPEN


def can_stamp(_: Actor, stop: Stop) -> bool:
    return _lies_here(stop) and stop.holds


def can_stand_at(actor: Actor, stop: Stop) -> bool:
    return _lies_here(stop) and (stop.near or stop.sheet.sends) and not actor.outside


def can_lead(_: Actor, sheet: Sheet) -> bool:
    """Its way is the sending side's."""
    return sheet.sends and sheet.notice.strength == CIRCULATE and sheet.notice.route in {GOING, BACK} and is_current(sheet)


def _lies_here(stop: Stop) -> bool:
    return stop.step.state == HERE and stop.sheet.notice.route == GOING and is_current(stop.sheet)


def can_have_feed(actor: Actor, _: object) -> bool:
    return actor.user_id > 0


def can_watch(_: Actor, sheet: Sheet) -> bool:
    """The sending side sees everybody, whoever heads a unit sees its people."""
    return sheet.notice.state == OPEN and (sheet.sends or bool(sheet.heads))


def can_act_for(actor: Actor, sheet: Sheet) -> bool:
    """For whom is judged where that person is looked up: who stands in must be of the sending side, or of the same section."""
    return sheet.notice.strength == CONFIRM and is_current(sheet) and (sheet.sends or sheet.addressed) and not actor.outside


def can_remind(actor: Actor, sheet: Sheet) -> bool:
    return can_watch(actor, sheet) and is_current(sheet)


def is_current(sheet: Sheet) -> bool:
    notice = sheet.notice
    return notice.state == OPEN and not sheet.board.archived_at and (notice.ends_at is None or notice.ends_at > clock.now())


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


RULES: dict[Permission, Rule] = {
    Boards.FOUND: can_found, Boards.ENTER: can_enter, Boards.MANAGE: can_manage, Boards.POST: can_post, Boards.SEE: can_see, Boards.EDIT: can_edit,
    Boards.COMMENT: can_comment, Boards.UNSAY: can_unsay, Boards.CONFIRM: can_confirm, Boards.WATCH: can_watch, Boards.STAND_IN: can_act_for,
    Boards.REMIND: can_remind, Boards.ANSWER: can_fill, Boards.COLLECT: can_collect, Boards.STAMP: can_stamp, Boards.STAND_AT: can_stand_at,
    Boards.LEAD: can_lead, Boards.RECALL: can_recall, Boards.FEED: can_have_feed, Boards.KEEP: is_system,
}
