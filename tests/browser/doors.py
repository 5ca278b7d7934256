"""Coming in, as a person does."""
from playwright.sync_api import Page

FUJIKURA, KASHIWAGI, INOUE, SAEGUSA, HASUMI = "藤倉 美咲", "柏木 真帆", "井上 慎一", "三枝 透", "蓮見 亮介"


def enter(page: Page, name: str, path: str = "/chat") -> Page:
    """Signs in as one of the people named on the page and goes to ``path``."""
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/")
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
