"""A mail server of our own, with the moods of real ones; and a city hall that sends by it."""
import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import update

from groupware.config import Config
from groupware.directory.models import User
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.notifications.post.postman import go_round
from tests.conftest import InProcess
from tests.support.processes import free_port

SENDER = "groupware@city.example.jp"
TAKEN = "250 OK"


@dataclass
class Office:
    """``mood`` answers to a recipient, ``mind`` to what was said; both may be changed while it is open."""

    taken: list[EmailMessage] = field(default_factory=list)
    mood: Callable[[str], str] = lambda _: TAKEN
    mind: Callable[[SMTP], Any] | None = None
    seen: list[str] = field(default_factory=list)       # Message-IDs, of every attempt
    secured: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:     # noqa: N802 (the library's)
        answer = self.mood(address)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:      # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=default)     # type: ignore[arg-type]
        self.seen.append(str(message["Message-ID"]))
        if self.mind:
            answer = self.mind(server)
            if asyncio.iscoroutine(answer):
                await answer
            elif answer:
                return str(answer)
        self.secured.append(session.ssl is not None)
        self.taken.append(message)
        return TAKEN


def drop(server: SMTP) -> str:
    """Cuts the line after all was said and before the answer."""
    server.transport.close()        # type: ignore[union-attr]
    return TAKEN


async def never(_: SMTP) -> None:
    """The answer does not come."""
    await asyncio.Event().wait()


def opened(office: Office, tls: ssl.SSLContext | None = None) -> Controller:
    return Controller(office, hostname="127.0.0.1", port=free_port(), tls_context=tls, require_starttls=tls is not None)


@dataclass
class Hall:
    """One who writes, one who reads, and the way between them."""

    house: InProcess
    office: Office
    config: Config
    writer: Actor
    reader: Actor
    room_id: int

    def rounds(self, most: int = 5) -> None:
        """The postman goes until nothing is due."""
        for _ in range(most):
            db.forget_reading()
            if not go_round(self.config):
                return

    def using(self, **changes: Any) -> "Hall":
        return replace(self, config=replace(self.config, **changes))


def gets_mail(actor: Actor, address: str) -> None:
    db.write(lambda: db.unit().connection.execute(update(User).where(User.id == actor.user_id).values(email=address)))
