"""Who acts: a snapshot of a person at this moment, so that the kernel needs no directory."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``label`` is the post and 課 of now; ``session_id`` the login session the act comes from, None for programs."""

    user_id: int
    name: str
    label: str = ""
    roles: frozenset[str] = frozenset()
    outside: bool = False
    session_id: int | None = None
    seal: str = ""
    must_change_password: bool = False
    owes: str = ""          # what a sign-in is not whole without: the proof of a second factor, or its setup

    def has(self, role: str) -> bool:
        return role in self.roles

    # what Flask-Login asks of a user
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Flask-Login remembers the login session, not the person: see ``groupware.auth``."""
        return str(self.session_id)


def in_person(actor: Actor) -> Actor:
    """``current_user`` stands for somebody only while its request runs, and finds them anew each time it is asked."""
    stands_for = getattr(actor, "_get_current_object", None)
    return stands_for() if stands_for else actor


SYSTEM = Actor(user_id=0, name="つながる", label="システム", roles=frozenset({"system"}))
