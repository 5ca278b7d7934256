"""Short codes: K7M-4QP. Without the letters and digits that people mix up; read in any width, with or without the dash."""
from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.text import narrow
from groupware.notifications.models import Code

LETTERS = "23456789ABCDEFGHJKMNPQRTUVWXY"
LENGTH = 6
MEANT = str.maketrans("SZ", "52", " -")         # what is read into another


def written(code: str) -> str:
    """As it stands in a mail: in two halves."""
    return f"{code[:LENGTH // 2]}-{code[LENGTH // 2:]}"


def code_for(about: Ref) -> str | None:
    return db.session.scalar(select(Code.code).where(Code.about == str(about)))


def ref_of_code(typed: str) -> Ref:
    """Raises NotFound for what was never given out."""
    about = db.session.scalar(select(Code.about).where(Code.code == narrow(typed).upper().translate(MEANT)))
    if about is None:
        raise NotFound
    return Ref.parse(about)
