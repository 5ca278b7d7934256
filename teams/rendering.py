"""The helper's part in Markdown that was too slow for the door."""
from dataclasses import dataclass

from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.markup import render_slowly
from teams.commands.pages import finish_page
from teams.models.pages import Page


@dataclass(frozen=True, slots=True)
class SlowPage:
    """Effect, later: a page waits to be rendered."""

    page_id: int


def render_page(effect: SlowPage) -> None:
    page = db.session.get(Page, effect.page_id)
    if page and page.slow and not page.gone:
        finish_page(SYSTEM, page.id, render_slowly(page.body), page.version)
