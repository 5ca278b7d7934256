"""The form beside the line: each field becomes the condition that one could have typed."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from groupware.kernel.house import house
from groupware.search.language import pieces as language
from groupware.search.language.pieces import Piece, pieces, typed_from
from groupware.search.query import NEWEST, SORTS
from groupware.search.searching import Search

FIELDS = {"from": language.FROM, "in": language.IN, "kind": language.KIND, "has": language.HAS, "after": language.AFTER, "before": language.BEFORE}
# What may be typed, and what it means: for whoever opens the page for the first time.
HINTS = (('"補正予算案"', "続いた言葉をそのまま"), ("予算 OR 決算", "どちらか"), ("会議 -中止", "除く"), ("差出人:藤倉", "書いた人。自分 も使えます"),
         ("場所:市民課", "部屋の名前の一部"), ("以後:先月", "いつから。いつまでは 以前:"), ("付き:ファイル", "ファイル、画像、リンク"),
         ("種類:職員", "投稿、部屋、職員など"), ("施策:M07", "施策の部屋の中"))


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """The fields of the form, as texts."""

    words: str = ""
    phrase: str = ""
    none: str = ""
    conditions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Nothing is refused here: what cannot be read is said where it is asked."""
        texts = {name: data.get(name, "").strip() for name in ("words", "phrase", "none", *FIELDS)}
        return cls(texts["words"], texts["phrase"], texts["none"], tuple((name, texts[name]) for name in FIELDS if texts[name]))

    @classmethod
    def of(cls, typed: str) -> Self:
        """What was typed, laid out on the form; what has no field there stays among the words."""
        found = pieces(typed)
        fields = {piece.name: piece for piece in found if piece.name in FIELDS and not piece.unwanted}
        phrases = [piece for piece in found if piece.literal and not piece.unwanted][:1]
        unwanted = [piece for piece in found if piece.unwanted and not piece.name]
        words = [piece for piece in found if piece not in (*fields.values(), *phrases, *unwanted)]
        return cls(typed_from(words), "".join(piece.value for piece in phrases), " ".join(piece.value for piece in unwanted),
                   tuple((name, piece.value) for name, piece in fields.items()))

    @property
    def typed(self) -> str:
        """The question that the form stands for."""
        phrase = [Piece(self.phrase, literal=True)] if self.phrase else []
        unwanted = [Piece(word, unwanted=True) for word in self.none.split()]
        named = [Piece(value, FIELDS[name]) for name, value in self.conditions]
        return " ".join(filter(None, (self.words, typed_from([*phrase, *named, *unwanted]))))

    def value(self, name: str) -> str:
        return dict(self.conditions).get(name, "")


def search_of(data: Mapping[str, str]) -> Search:
    """From an address; what is no kind and no order is left out."""
    kind, sort = data.get("kind", ""), data.get("sort", "")
    return Search(data.get("q", "").strip(), kind if kind in house.findables else "", sort if sort in SORTS else NEWEST, data.get("after", ""))
