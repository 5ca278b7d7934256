"""One thing that must be found: a word or a phrase as it stands in the text, or a label (``has:file``) that a document carries.

Pairs of characters only narrow down where to look; whether a text holds the words is judged here, for every engine alike.
"""
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from groupware.kernel.text import one_kana
from groupware.search.analysis import LATIN, LONGEST_WORD, runs
from groupware.search.days import date_tokens

LABEL = re.compile(r"[a-z]+:[^\s]+")
SHORTEST_BEGINNING = 3          # letters of a Latin word that may stand for a longer one
_SHORT_KATAKANA = re.compile("[ァ-ヺー]{1,2}")
_KATAKANA = "ァ-ヺー"


@dataclass(frozen=True)
class Term:
    """``text`` is folded, or a label."""

    text: str

    @cached_property
    def is_label(self) -> bool:
        return bool(LABEL.fullmatch(self.text))

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Tokens that a document has if it holds this; one that ends with ``*`` stands for all that begin so. Empty: nothing can be found by it."""
        if self.is_label:
            return (self.text,)
        return tuple(dict.fromkeys(self._tokens()))

    @cached_property
    def is_exact(self) -> bool:
        """Whoever has the one token holds the term: nothing more to look at."""
        return self.is_label or (len(self.needs) == 1 and self._is_one_run and not _SHORT_KATAKANA.fullmatch(self.text))

    def found_in(self, text: str) -> bool:
        """``text`` is folded, with its kana."""
        if self.is_label:
            return self.text in date_tokens(text)
        if self.pattern.search(one_kana(text)) is None:
            return False
        return not self.as_katakana or bool(self.as_katakana.search(text) or one_kana(self.text) in text)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """For a text in one kana. Latin words begin and end where they do, except that three letters may be a beginning."""
        words = one_kana(self.text)
        before = f"(?<![{LATIN}])" if re.match(f"[{LATIN}]", words) else ""
        after = f"(?![{LATIN}])" if re.search(f"[{LATIN}]$", words) and not self._is_beginning else ""
        return re.compile(before + re.escape(words) + after)

    @cached_property
    def as_katakana(self) -> re.Pattern[str] | None:
        """ラン is no part of プラン: so short a katakana word stands alone (or in hiragana)."""
        short = _SHORT_KATAKANA.fullmatch(self.text)
        return re.compile(f"(?<![{_KATAKANA}]){self.text}(?![{_KATAKANA}])") if short else None

    @property
    def _is_one_run(self) -> bool:
        return [run for run, _ in runs(one_kana(self.text))] == [one_kana(self.text)]

    @property
    def _is_beginning(self) -> bool:
        return bool(re.search(f"(?<![{LATIN}])[a-z]{{{SHORTEST_BEGINNING},}}$", self.text))

    def _tokens(self) -> Iterator[str]:
        """A run that another one follows ends in the text where it ends here: then its last character is a token too."""
        *before, last = list(runs(one_kana(self.text))) or [("", False)]
        for run, latin in before:
            yield from [run[:LONGEST_WORD]] if latin else [*map("".join, itertools.pairwise(run)), run[-1]]
        run, latin = last
        if latin:
            yield run[:LONGEST_WORD] + ("*" if self._is_beginning else "")
        elif run:
            yield from map("".join, itertools.pairwise(run)) if len(run) > 1 else [f"{run}*"]


term = lru_cache(maxsize=1_000)(Term)
