"""Who is connected to this process, and what each connection follows."""
from collections import defaultdict
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Connection:
    """``token`` is the login session's; it is looked up anew at every event."""

    sid: str
    token: str
    user_id: int
    session_id: int
    address: str
    topics: set[str] = field(default_factory=set)


class Connections:
    def __init__(self) -> None:
        self.by_sid: dict[str, Connection] = {}
        self.by_user: dict[int, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self.by_sid)

    def add(self, connection: Connection) -> None:
        self.by_sid[connection.sid] = connection
        self.by_user[connection.user_id].add(connection.sid)

    def drop(self, sid: str) -> Connection | None:
        connection = self.by_sid.pop(sid, None)
        if connection:
            self.by_user[connection.user_id].discard(sid)
            if not self.by_user[connection.user_id]:
                del self.by_user[connection.user_id]
        return connection

    def of(self, user_id: int, session_id: int | None = None) -> list[Connection]:
        """A person's connections; only those of one login session where it is given."""
        found: Iterable[Connection] = (self.by_sid[sid] for sid in self.by_user.get(user_id, ()))
        return [connection for connection in found if session_id in {None, connection.session_id}]


connections = Connections()
speaking: ContextVar[Connection | None] = ContextVar("speaking", default=None)      # during an event: who said it
