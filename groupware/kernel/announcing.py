"""A port: a notice to all staff is made ready, for somebody to look over and send. Where there are no boards, a Null answer stands."""
from dataclasses import dataclass
from typing import Protocol

from groupware.kernel.actor import Actor
from groupware.kernel.errors import Unavailable
from groupware.kernel.house import house


@dataclass(frozen=True, slots=True)
class Announcement:
    """What shall be said to everybody. ``body``: Markdown."""

    title: str
    body: str


class NoticeDesk(Protocol):
    """お知らせの下書き: nobody but the sending side sees it, and nothing is sent."""

    def prepare(self, actor: Actor, said: Announcement) -> str:
        """The address where it is looked over; of one of that title that waits there already. Raises Forbidden, Invalid."""


class NoNotices:
    """There are no boards here."""

    def prepare(self, *_: object) -> str:
        raise Unavailable("掲示板の機能がないため、お知らせの下書きをつくれません。")


_no_notices = NoNotices()


def notice_desk() -> NoticeDesk:
    found: NoticeDesk = house.ports.get(NoticeDesk, _no_notices)
    return found
