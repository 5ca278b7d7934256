"""What a notice says, asks, and for whom it is. Markdown is rendered here, before the transaction."""
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Self

from boards.forms.fields import CLOSES, OPENS, Part, moment, names_in, parts
from boards.forms.routes import Leg, legs
from boards.forms.surveys import Asking
from boards.models.notices import ANSWER, CIRCULATE, PRESSED, STRENGTHS, TELL, USUAL, WEIGHTS
from groupware.directory.queries import is_circle
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, day, files, line, number, words
from groupware.kernel.markup import RenderedText, render

LONGEST = 50_000
LONGEST_TITLE = 120
LONGEST_REASON = 300
MOST_FILES = 20
MEASURES = {f"M{number:02}" for number in range(1, 12)}


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when it is up, and until when something is to be done. None: at once, for good, never."""

    starts_at: datetime | None
    ends_at: datetime | None
    due_at: datetime | None

    @classmethod
    def parse(cls, data: Form, strength: str) -> Self:
        starts, ends, due = (day(data, name) for name in ("starts_on", "ends_on", "due_on"))
        if strength not in PRESSED:
            due = None
        elif due is None:
            raise Invalid(due_on="いつまでに確認・回答するかを書いてください。")
        if due and due < clock.today():
            raise Invalid(due_on="期限が過ぎています。今日より後の日にしてください。")
        if ends and ends < max(clock.today(), starts or clock.today(), due or clock.today()):
            raise Invalid(ends_on="掲載の終わりは、始まりと期限より後の日にしてください。")
        return cls(moment(starts, OPENS), moment(ends and ends + timedelta(days=1), time(0)), moment(due, CLOSES))


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """``version`` is the one the person was looking at, 0 for a new one. ``parts``: for whom; a round is for those on its way, ``route``."""

    title: str
    body: str
    rendered: RenderedText
    sender: str
    strength: str
    weight: str
    measure: str | None
    window: Window
    parts: tuple[Part, ...]
    files: tuple[str, ...] = ()
    version: int = 0
    in_substance: bool = False
    reason: str = ""
    asking: Asking = field(default_factory=Asking)
    route: tuple[Leg, ...] = ()

    @classmethod
    def parse(cls, data: Form) -> Self:
        """Raises Invalid with a sentence for each field that is to be mended."""
        strength, weight = data.get("strength") or TELL, data.get("weight") or USUAL
        if strength not in STRENGTHS or weight not in WEIGHTS:
            raise Invalid(strength="強さと重要度を選んでください。")
        body = words(data, "body", "本文を書いてください。", LONGEST)
        title = line(data, "title", "題名を書いてください。", LONGEST_TITLE)
        goes = strength == CIRCULATE
        return cls(title, body, render(body, names_in(body)), _sender(data.get("sender")), strength, weight, _measure(data.get("measure")),
                   Window.parse(data, strength), () if goes else parts(data), files(data.getlist("files"), MOST_FILES),
                   number(data, "version"), bool(data.get("in_substance")), line(data, "reason", most=LONGEST_REASON),
                   Asking.parse(data) if strength == ANSWER else Asking(), legs(data) if goes else ())


def _sender(value: object) -> str:
    if not is_circle(str(value or "")):
        raise Invalid(sender="だれの名前で知らせるかを選んでください。")
    return str(value)


def _measure(value: object) -> str | None:
    if value and value not in MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return str(value) if value else None
