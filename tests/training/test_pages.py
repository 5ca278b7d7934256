"""The pages of trainings in a real browser, for whoever keeps them: fit for everybody, at every width."""
import pytest
from playwright.sync_api import Page

from tests.browser.doors import INOUE, enter, ready
from tests.support.browser import check_at_every_width

pytestmark = pytest.mark.browser
KEPT = ("", "/section", "/courses", "/courses/1", "/courses/1/standing", "/courses/1/quiz/outcome", "/courses/1/quiz/edit", "/courses/2/survey/edit",
        "/sittings/1", "/sittings/1/survey/outcome", "/skills", "/heat", "/frameworks/1", "/leaders", "/years", "/outside", "/settings",
        "/plans", "/plans/new", "/section/plans")


def test_the_pages_of_trainings_are_fit_for_everybody_at_every_width(desk: Page) -> None:
    enter(desk, INOUE, "/training")
    for path in KEPT:
        answer = desk.goto(f"/training{path}")
        assert answer is not None
        assert answer.ok, path
        check_at_every_width(desk, f"training{path.replace('/', '-')}")
    desk.goto("/training/plans")
    desk.locator(".moving a").first.click()
    ready(desk).get_by_role("list", name="進み方").wait_for()
    check_at_every_width(desk, "training-plan")
