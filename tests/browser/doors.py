"""Coming in, as a person does."""
import re

from playwright.sync_api import Page

FUJIKURA, KASHIWAGI, INOUE, SAEGUSA, HASUMI, SUWA, HASEBE = "藤倉 美咲", "柏木 真帆", "井上 慎一", "三枝 透", "蓮見 亮介", "諏訪 康之", "長谷部 悠"


def enter(page: Page, name: str, path: str = "/chat") -> Page:
    """As one of the people named on the sign-in page, straight to ``path``: the pages on the way cost more than many a story, and have
    their own (tests/auth)."""
    asked = page.request
    found = re.search(rf'value="(\d+)">(?:(?!</button>).)*{name}', asked.get("/sign-in").text(), re.DOTALL)
    assert found, name
    assert asked.post("/sign-in/demo", form={"user_id": found[1]}, headers={"Sec-Fetch-Site": "same-origin"}, max_redirects=0).status == 303
    page.goto(path)
    return ready(page)


def open_room(page: Page, name: str) -> Page:
    page.locator(".rm", has_text=name).first.click()
    return in_room(page, name)


def in_room(page: Page, name: str) -> Page:
    """The room stands open, and everything in it answers."""
    page.get_by_role("heading", name=name, level=1).wait_for()
    page.locator(".talkroom[data-connection=online]").wait_for(state="attached")
    return ready(page)


def ready(page: Page) -> Page:
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


def become(page: Page, name: str, path: str) -> Page:
    """The same window, somebody else at it. The page of the one before is left first: it would go on asking, for nobody."""
    page.goto("about:blank")
    page.context.clear_cookies()
    return enter(page, name, path)


def pressed(page: Page, name: str) -> Page:
    """The button is pressed, and the page that answers stands."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
    return ready(page)


def agreed(page: Page, name: str) -> Page:
    """Pressed, and once more where it is asked whether that is meant."""
    page.get_by_role("button", name=name, exact=True).click()
    with page.expect_navigation():
        page.get_by_role("alertdialog").get_by_role("button").last.click()
    return ready(page)
