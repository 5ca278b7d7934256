"""お尋ねと答え, as they come in."""
from dataclasses import dataclass
from typing import Self

from boards.forms.fields import Form, names_in, text_of
from groupware.kernel.markup import RenderedText, render

LONGEST_COMMENT = 5_000


@dataclass(frozen=True, slots=True)
class CommentDraft:
    body: str
    rendered: RenderedText
    mentioned: tuple[int, ...] = ()

    @classmethod
    def parse(cls, data: Form) -> Self:
        body = text_of(data.get("text"), LONGEST_COMMENT, "text")
        names = names_in(body)
        return cls(body, render(body, names), tuple(names))
