"""Kinds of notices, declared by the features: a person says for each of them where it may reach them."""
from dataclasses import dataclass

SCREEN, BELL, NEVER = "screen", "bell", "never"         # pops up while a page is open; only waits below the bell; not at all
AT_ONCE, DIGEST = "now", "digest"                       # by mail: within a minute, or in the morning together with others (or NEVER)


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """``show`` and ``mail`` hold until the person says otherwise; one that is ``always`` told can be quietened to the bell, not silenced."""

    name: str
    label: str
    about: str = ""
    show: str = SCREEN
    mail: str = NEVER
    always: bool = False
