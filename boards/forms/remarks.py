"""お尋ねと答え, as they come in."""
from dataclasses import dataclass
from typing import Self

from boards.forms.fields import names_in
from groupware.kernel.given import Form, words
from groupware.kernel.markup import RenderedText, render

LONGEST_COMMENT = 5_000


@dataclass(frozen=True, slots=True)
class CommentDraft:
    body: str
    rendered: RenderedText
    mentioned: tuple[int, ...] = ()

    @classmethod
    def parse(cls, data: Form) -> Self:
        body = words(data, "text", "本文を書いてください。", LONGEST_COMMENT)
        names = names_in(body)
        return cls(body, render(body, names), tuple(names))
