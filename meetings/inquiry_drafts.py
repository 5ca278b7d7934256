"""What is sent when units are asked, and when they answer: one parser per draft, as in forms."""
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from meetings.drafts import day
from meetings.forms import FILE_ID, LONGEST_NAME, LONGEST_NOTE, LONGEST_TITLE, MOST_PAPERS, Form, ItemDraft, line, number, text

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
        units = tuple(dict.fromkeys(number(each) for each in data.getlist("units") if each))[:MOST_UNITS]
        answer, papers = day(data, "answer_by"), day(data, "papers_by")
        if answer is None:
            raise Invalid(answer_by="いつまでに答えてほしいかを書いてください。")
        return cls(units, answer, papers, text(data, "note", LONGEST_NOTE))


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """``files``: ids in the order of sending."""

    item: ItemDraft
    files: tuple[str, ...] = ()
    later: bool = False

    @classmethod
    def parse(cls, data: Form) -> Self:
        files = tuple(dict.fromkeys(each for each in data.getlist("files") if each))
        if len(files) > MOST_PAPERS or not all(FILE_ID.fullmatch(each) for each in files):
            raise Invalid(files=f"資料のファイルは{MOST_PAPERS}個までで選んでください。")
        return cls(ItemDraft.parse(data), files, bool(data.get("later")))


@dataclass(frozen=True, slots=True)
class AwaitedDraft:
    title: str
    who: str = ""
    due_on: date | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(line(data, "title", LONGEST_TITLE, "資料の名前を書いてください。"), line(data, "who", LONGEST_NAME), day(data, "due_on"))


def chosen_offers(data: Form) -> tuple[int, ...]:
    found = tuple(number(each) for each in data.getlist("offers"))
    if not found:
        raise Invalid(offers="次第に加える議題を選んでください。")
    return found
