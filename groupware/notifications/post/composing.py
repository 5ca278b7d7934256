"""What a letter says. Composed at the moment of sending: nothing about what has been read or may no longer be seen.

Without a word of the content unless the administrator allows titles. No line of what people wrote reaches a header but by one door,
``one_line``, and the headers are built by the library, which refuses a line end.
"""
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import select

from groupware.config import Config
from groupware.directory.queries import actor_for, city_name
from groupware.directory.queries.people import user_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from groupware.notifications.models import Letter, Notification
from groupware.notifications.post.coding import codes_of
from groupware.notifications.queries.choices import kind_named
from groupware.notifications.queries.codes import written
from groupware.notifications.queries.letters import titles_allowed
from groupware.notifications.seeing import seen_by

LISTED = 15
LONGEST_SUBJECT = 60
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
CALM = "夜間・休日・休暇のあいだはお送りしません。届き方は、つながるの「お知らせの設定」で変えられます。"


class Undeliverable(Exception):
    """It will not help to try again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in one place."""

    rows: list[Notification]
    card: Card

    @property
    def about(self) -> Ref:
        return self.rows[0].ref

    @property
    def said(self) -> str:
        first = self.rows[0]
        more = f"、ほか{len(self.rows) - 1}件" if len(self.rows) > 1 else ""
        return f"{'【災害】' if any(row.alarm for row in self.rows) else ''}{first.words}（{kind_named(first.kind).label}）{more}"


def compose(letter: Letter, config: Config) -> EmailMessage | None:
    """None when there is nothing left to say. Raises Undeliverable when there is nowhere to send it."""
    actor = actor_for(letter.user_id)
    if actor is None:
        return None
    told = _told(actor, letter.notices)
    if letter.notices and not told:
        return None
    message = _envelope(letter, config, _address_of(actor))
    titles = titles_allowed()
    message["Subject"] = one_line(_subject(told, titles=titles))
    message.set_content("\r\n".join(_body(actor, told, config.address, titles=titles)) + "\r\n", cte="base64")
    return message


def one_line(text: str) -> str:
    """No line end, no control character, not too long."""
    plain = "".join(" " if unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} and each != "\u200d" else each for each in text)
    short = " ".join(plain.split())
    return short if len(short) <= LONGEST_SUBJECT else short[:LONGEST_SUBJECT - 1] + "…"


def _told(actor: Actor, ids: list[int]) -> list[Told]:
    """In the order in which it happened, alarms first; of each place one."""
    rows = list(db.session.scalars(select(Notification).where(Notification.id.in_(ids), Notification.read_at.is_(None)).order_by(Notification.id)))
    cards = seen_by(actor.user_id, [row.ref for row in rows])
    places: dict[str, list[Notification]] = {}
    for row in rows:
        if row.ref in cards:
            places.setdefault(row.place, []).append(row)
    told = [Told(mine, cards[mine[0].ref]) for mine in places.values()]
    return sorted(told, key=lambda each: not any(row.alarm for row in each.rows))


def _address_of(actor: Actor) -> str:
    address: str = user_for(SYSTEM, actor.user_id).email.strip()
    if not address:
        raise Undeliverable("メールアドレスが名簿にありません。")
    if not ADDRESS.fullmatch(address):
        raise Undeliverable("名簿のメールアドレスの形が正しくありません。")
    return address


def _envelope(letter: Letter, config: Config, to: str) -> EmailMessage:
    domain = config.mail_from.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("つながる", addr_spec=config.mail_from)
    message["To"] = Address(addr_spec=to)
    message["Date"] = format_datetime(clock.now().astimezone(clock.JST))
    message["Message-ID"] = f"<{letter.token}@{domain}>"
    message["List-Id"] = f"<notifications.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    return message


def _subject(told: list[Told], *, titles: bool) -> str:
    if not told:
        return "【つながる】試しのメール"
    alarm = "【災害】" if any(row.alarm for row in told[0].rows) else ""
    if len(told) > 1:
        return f"【つながる】{alarm}お知らせが{len(told)}件あります"
    return f"【つながる】{alarm}{told[0].card.title if titles else told[0].rows[0].words}"


def _body(actor: Actor, told: list[Told], address: str, *, titles: bool) -> Iterable[str]:
    yield f"{actor.name} さん"
    yield ""
    yield f"お知らせが{len(told)}件あります。" if told else "このメールが読めれば、つながるからメールが届きます。"
    yield ""
    codes = codes_of(each.about for each in told[:LISTED])
    for number, each in enumerate(told[:LISTED], 1):
        yield f"{number}. {each.said}　{_at(each.rows[-1])}"
        if titles:
            yield f"   {one_line(each.card.title)}"
        yield f"   {address}/notifications/c/{codes[each.about]}"
        yield f"   コード {written(codes[each.about])}"
        yield ""
    if len(told) > LISTED:
        yield f"ほかに{len(told) - LISTED}件あります。{address}/notifications"
        yield ""
    yield "リンクを押せないときは、つながるを開き、お知らせの「コードで開く」に上のコードを入れてください。"
    yield "" if titles else "内容はメールに書いていません。つながるの中で読んでください。"
    yield CALM
    yield ""
    yield "-- "
    yield f"{city_name()}　つながる"


def _at(row: Notification) -> str:
    local = row.at.astimezone(clock.JST)
    return f"{local.month}月{local.day}日 {local.hour}:{local.minute:02}"
