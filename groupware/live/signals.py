"""Signals come by the hundred at the same moment, so they take a short way: no request, no greenlet, no question to the database.

A handler gets the connection and what was said. It judges by what this process knows (the topics which the connection follows are left when
the right to them ends); what is kept is judged once more, all together, when it is written.
"""
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from engineio.packet import MESSAGE, Packet

from groupware.kernel import json
from groupware.kernel.errors import Invalid, Refusal, SignInNeeded
from groupware.live.connections import Connection, connections

log = logging.getLogger(__name__)
Handler = Callable[[Connection, dict[str, Any]], None]
SAID = re.compile(r'2(\d{0,9})\["([a-z_.]+)"[,\]]')       # an event of Socket.IO, with the number of an answer or without
DONE = {"ok": True}
FAILED = {"ok": False, "status": 500, "error": "failed", "message": "処理できませんでした。もう一度お試しください。"}


class Signals:
    """Stands between engineio and the socket server: takes what is a signal, hands on everything else."""

    def __init__(self, server: Any, handlers: Mapping[str, Handler]) -> None:
        self.server, self.handlers = server, handlers
        self.hand_on: Callable[[str, Any], None] = server.eio.handlers["message"]

    def __call__(self, eio_sid: str, data: Any) -> None:
        said = SAID.match(data) if isinstance(data, str) else None
        handler = self.handlers.get(said[2]) if said else None
        if said is None or handler is None or (event := _read(data[said.end(1):])) is None:
            self.hand_on(eio_sid, data)         # what cannot be read is for the socket server to judge
            return
        answer = self._perform(eio_sid, handler, event)
        if said[1]:
            self.server.eio.send_packet(eio_sid, Packet(MESSAGE, f"3{said[1]}{json.dumps([answer])}"))

    def _perform(self, eio_sid: str, handler: Handler, event: list[Any]) -> dict[str, Any]:
        connection = connections.by_sid.get(self.server.manager.sid_from_eio_sid(eio_sid, "/"))
        try:
            if connection is None:
                raise SignInNeeded
            handler(connection, readable(event[1] if len(event) > 1 else None))
        except Refusal as refusal:
            return refused(refusal)
        except Exception:
            log.exception("a signal failed")
            return FAILED
        return DONE


def readable(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Invalid("送られた内容を読み取れません。")
    return data


def refused(refusal: Refusal) -> dict[str, Any]:
    return {"ok": False, "status": refusal.status, **refusal.as_dict()}


def _read(text: str) -> list[Any] | None:
    try:
        event = json.loads(text)
    except ValueError:
        return None
    return event if isinstance(event, list) else None
