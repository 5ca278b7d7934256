"""A person sends a large drawing over a bad line: sees how far it is, closes the window, goes on, thinks better of it."""
import os
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser.doors import FUJIKURA, KASHIWAGI, enter, in_room, open_room
from tests.support.browser import OpenWindow, check_accessibility, guard_of, take_picture, until_on
from tests.support.people import look_up
from tests.support.servers import Served

TEAM = "窓口DX"
PATCHES = "**/files/uploads/*"


def test_a_file_goes_on_where_the_line_was_cut_and_after_the_window_was_closed(open_window: OpenWindow, shared_city: Served, tmp_path: Path) -> None:
    page = open_room(enter(open_window(shared_city, 820), KASHIWAGI), TEAM)
    guard_of(page).expect("ERR_FAILED|ERR_INTERNET_DISCONNECTED")
    drawing = tmp_path / "庁舎 改修図面（南棟）.bin"
    drawing.write_bytes(os.urandom(5 * 1024 * 1024 + 7))
    passed: list[int] = []

    def third_and_later_break(route: Route) -> None:
        if route.request.method != "PATCH" or len(passed) < 2:
            passed.extend([1] * (route.request.method == "PATCH"))
            route.continue_()
        else:
            route.abort()
    page.route(PATCHES, third_and_later_break)
    page.locator("input[type=file]").set_input_files(drawing)
    row = page.locator(".attaching li")
    expect(row).to_contain_text("2.0MB／5.0MB・接続を待っています…")
    assert row.locator("progress").evaluate("bar => bar.value") == 2 * 1024 * 1024
    check_accessibility(page, within=".composer")
    take_picture(page, "upload-waiting")
    page.locator("#compose").fill("図面です")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("ファイルが届きしだい送信します")).to_be_visible()
    page.reload()
    page.unroute(PATCHES)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers.get("upload-offset", "")))
    in_room(page, f"{TEAM}推進チーム")
    page.locator("input[type=file]").set_input_files(drawing)
    expect(page.locator(".attaching [data-state=kept]")).to_contain_text("5.0MB")
    assert next(int(offset) for offset in sent if offset) == 2 * 1024 * 1024
    page.get_by_role("button", name="送信", exact=True).click()
    link = page.locator("article[data-seq]").get_by_role("link", name=drawing.name, exact=True)
    expect(link).to_be_visible()
    assert page.request.get(link.get_attribute("href") or "").body() == drawing.read_bytes()


def test_a_picture_shows_itself_and_a_file_thought_better_of_leaves_nothing(open_window: OpenWindow, shared_city: Served, tmp_path: Path) -> None:
    page = enter(open_window(shared_city, 375), FUJIKURA, "/boards/notices/new")
    large = tmp_path / "会議の録画.mp4"
    large.write_bytes(os.urandom(3 * 1024 * 1024))
    held: list[Route] = []
    page.route(PATCHES, lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_())
    page.get_by_label("添付", exact=True).set_input_files([large, Path(__file__).parents[2] / "docs" / "screenshot.png"])
    row = page.locator(".attaching li", has_text=large.name)
    expect(row).to_contain_text("／3.0MB")
    expect(page.locator(".attaching li", has_text="screenshot.png")).to_contain_text("順番を待っています…")
    row.get_by_role("button", name="送るのをやめる").click()
    page.unroute(PATCHES)
    expect(page.locator(".attaching li")).to_have_count(1)
    kept = page.locator(".attaching [data-state=kept]", has_text="screenshot.png")
    expect(kept.locator("img")).to_be_visible()
    assert kept.locator("input[name=files]").input_value()
    page.locator(".attaching").scroll_into_view_if_needed()
    take_picture(page, "upload-kept")
    check_accessibility(page, within=".attaching")
    me = look_up(shared_city, "select id from directory_user where family_name = '藤倉'")[0][0]
    assert not list((shared_city.data / "files" / "arriving").glob(f"{me}.{large.stat().st_size}.*"))


def test_a_file_chosen_before_the_script_is_here_goes_up_when_it_is(open_window: OpenWindow, shared_city: Served, tmp_path: Path) -> None:
    held: list[Route] = []
    page = enter(open_window(shared_city), FUJIKURA)
    page.route("**/attach_controller.js*", lambda route: held.append(route))        # noqa: PLW0108 (Playwright wants a function of its own)
    page.goto("/boards/notices/new", wait_until="commit")
    table = tmp_path / "窓口の数.csv"
    table.write_text("窓口,数\n転入,5\n", encoding="utf-8")
    page.locator("input[type=file]").first.set_input_files(table)
    until_on(page, lambda: held, what="the script to be asked for")
    for route in held:
        route.continue_()
    expect(page.locator(".attaching [data-state=kept]")).to_contain_text("窓口の数.csv")


def test_a_form_waits_for_the_file_that_is_still_on_its_way(open_window: OpenWindow, shared_city: Served, tmp_path: Path) -> None:
    held: list[Route] = []
    page = enter(open_window(shared_city), FUJIKURA, "/boards/notices/new")
    page.route(PATCHES, lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_())
    table = tmp_path / "遅い表.csv"
    table.write_text("窓口,数\n転入,5\n", encoding="utf-8")
    page.get_by_label("添付", exact=True).set_input_files(table)
    page.get_by_label("載せる掲示板").select_option(index=1)
    page.get_by_label("題名").fill("表の付いたお知らせ")
    page.get_by_label("本文").fill("ごらんください。")
    page.get_by_label("全職員").check()
    page.get_by_role("button", name="保存して、送る前に確かめる").click()
    expect(page.locator(".toast")).to_contain_text("ファイルが届きしだい送ります。")
    for route in until_on(page, lambda: held):
        route.continue_()
    page.wait_for_url("**/preview")
    expect(page.get_by_role("link", name="遅い表.csv").first).to_be_visible()
