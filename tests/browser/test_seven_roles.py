"""Seven people of the city, one of each role: everything that they are offered opens, and reads well."""
import pytest
from playwright.sync_api import Page

from tests.browser.doors import FUJIKURA, HASEBE, HASUMI, INOUE, KASHIWAGI, SAEGUSA, SUWA, enter, ready
from tests.support.browser import WIDTHS, OpenWindow, check_accessibility, check_no_sideways_scroll, thorough
from tests.support.servers import Served

pytestmark = pytest.mark.browser
ROLES = {"staff": HASEBE, "head": FUJIKURA, "leader": KASHIWAGI, "adviser": SAEGUSA, "steering": INOUE, "cio": SUWA, "administrator": HASUMI}
INSIDE = {"/directory", "/training", "/telework", "/approvals"}         # what is of no concern to somebody from outside
FEWEST, OUTSIDERS = 9, 4
read: set[str] = set()      # by axe, in the window of the first of the seven who came there


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_that_a_role_is_offered_opens_and_reads_well(role: str, shared_city: Served, open_window: OpenWindow) -> None:
    turn = list(ROLES).index(role)
    page = enter(open_window(shared_city, list(WIDTHS.values())[turn % 3]), ROLES[role], "/")
    entries = offered(page)
    assert len(entries) >= (OUTSIDERS if role == "adviser" else FEWEST), entries
    assert any(each.startswith("/admin") for each in entries) == (role in {"steering", "administrator"}), entries
    assert bool(INSIDE & set(entries)) == (role != "adviser"), entries
    for place, path in enumerate(entries):
        assert page.request.get(path).status == 200, path
        if place == 0 or (turn + place) % 3 == 0 or page.context.browser in thorough:       # others of the seven look at the others
            page.goto(path)
            assert ready(page).locator("h1").count() >= 1, path
            check_no_sideways_scroll(page)
            if place == 0 or path not in read or page.context.browser in thorough:      # the first page is everybody's own
                check_accessibility(page)
            read.add(path)


def offered(page: Page) -> list[str]:
    """The addresses behind the rail and behind one's own name, the first page among them."""
    found = page.locator(".rail a[href], .me .menu-l a[href]").evaluate_all("each => each.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(found))
