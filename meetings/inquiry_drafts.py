"""What is sent when units are asked, and when they answer: one parser per draft, as in forms."""
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, day, files, line, needed_day, numbers, words
from meetings.forms import LONGEST_NAME, LONGEST_NOTE, LONGEST_TITLE, MOST_PAPERS, ItemDraft

MOST_UNITS = 300


@dataclass(frozen=True, slots=True)
class InquiryDraft:
    """``units``: each with all sections below it."""

    units: tuple[int, ...]
    answer_by: date
    papers_by: date | None = None
    note: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(numbers(data, "units")[:MOST_UNITS], needed_day(data, "answer_by", "いつまでに答えてほしいかを書いてください。"),
                   day(data, "papers_by"), words(data, "note", most=LONGEST_NOTE))


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """``files``: ids in the order of sending."""

    item: ItemDraft
    files: tuple[str, ...] = ()
    later: bool = False

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(ItemDraft.parse(data), files(data.getlist("files"), MOST_PAPERS), bool(data.get("later")))


@dataclass(frozen=True, slots=True)
class AwaitedDraft:
    title: str
    who: str = ""
    due_on: date | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(line(data, "title", "資料の名前を書いてください。", LONGEST_TITLE), line(data, "who", most=LONGEST_NAME), day(data, "due_on"))


def chosen_offers(data: Form) -> tuple[int, ...]:
    found = numbers(data, "offers")
    if not found:
        raise Invalid(offers="次第に加える議題を選んでください。")
    return found
