"""A room of 100,000 messages: opened anywhere, scrolled through without a jump, never more of it in the page than a screenful of pages."""
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.doors import FUJIKURA, KASHIWAGI, enter
from tests.support.browser import OpenWindow, until_on
from tests.support.people import Visitor, look_up
from tests.support.servers import Served, copy_of, running
from tests.support.waiting import until

pytestmark = pytest.mark.browser
TEAM, MANY, MOST_SHOWN = "窓口DX推進チーム", 100_000, 350
LONG = "長い部屋の投稿です。前の話の続きで、行の数は投稿によって違います。"
FIRST, LAST = (f"Number([...document.querySelectorAll('article[data-seq]')].at({at}).dataset.seq)" for at in (0, -1))
SHIFTS = """window.shifts = 0
new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value })
  .observe({ type: 'layout-shift', buffered: true })"""


@pytest.fixture(scope="module")
def long_city(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = copy_of(demo_city, tmp_path_factory.mktemp("long") / "city")
    with closing(sqlite3.connect(data / "tsunagaru.db")) as connection, connection:
        _fill(connection)
    with running(data) as served:
        yield served


def _fill(connection: sqlite3.Connection) -> None:
    """As if said long ago: each like the first message of the room, with other words."""
    connection.row_factory = sqlite3.Row
    room = connection.execute("select * from chat_room where name = ?", (TEAM,)).fetchone()
    like = dict(connection.execute("select * from chat_message where room_id = ? and reply_to_id is null order by seq", (room["id"],)).fetchone())
    like.pop("id")
    connection.executemany(f"insert into chat_message ({', '.join(like)}) values ({', '.join('?' * len(like))})",      # noqa: S608
                           (tuple(row.values()) for row in _rows(like, room["last_seq"])))
    connection.execute("update chat_room set last_seq = ?, last_change = ? where id = ?", (MANY, MANY, room["id"]))
    connection.execute("update chat_member set read_seq = ?, seen_seq = ? where room_id = ?", (MANY, MANY, room["id"]))


def _rows(like: dict[str, Any], last: int) -> Iterator[dict[str, Any]]:
    for seq in range(last + 1, MANY + 1):
        words = f"{seq}番 " + LONG * (seq % 4 + 1)
        yield like | {"seq": seq, "changed": seq, "client_key": f"long-{seq}", "body": words, "plain": words, "html": f"<p>{words}</p>"}


def open_at(page: Page, served: Served, seq: int | None = None, who: str = FUJIKURA) -> Page:
    room = look_up(served, "select id from chat_room where name = ?", TEAM)[0][0]
    enter(page, who, f"/chat/rooms/{room}" + (f"/messages/{seq}" if seq else ""))
    page.locator(".talkroom[data-connection=online]").wait_for(state="attached")
    return page


def test_many_pages_are_scrolled_through_and_the_page_stays_small(open_window: OpenWindow, long_city: Served) -> None:
    page = open_at(open_window(long_city), long_city)
    expect(page.locator(f"#m{MANY}")).to_be_in_viewport()
    page.locator(".log").hover()
    _scroll_until(page, -2_400, f"{FIRST} < {MANY - 700}")
    assert page.locator("article[data-seq]").count() <= MOST_SHOWN
    page.get_by_role("button", name="新しい投稿へ").click()
    expect(page.locator(f"#m{MANY}")).to_be_in_viewport()


def test_what_one_reads_stays_where_it_is_while_older_and_newer_pages_come(open_window: OpenWindow, long_city: Served) -> None:
    page = open_at(open_window(long_city), long_city, 50_000)
    target = page.locator("#m50000")
    expect(target).to_be_in_viewport()
    page.locator(".log").hover()
    for way, grown in ((-120, f"{FIRST} < 49980"), (120, f"{LAST} > 50060")):
        _scroll_slowly_watching(page, way, grown)


def test_words_that_arrive_all_day_do_not_pile_up_in_the_page(open_window: OpenWindow, long_city: Served) -> None:
    page = open_at(open_window(long_city), long_city)
    writer = open_at(open_window(long_city), long_city, who=KASHIWAGI)
    page.evaluate("""() => { const stream = document.querySelector('[data-room-target=stream]'), last = stream.querySelector('article:last-of-type')
        for (let more = 1; more <= 400; more++) { const one = last.cloneNode(true)
          one.id = `m${-more}`; one.dataset.seq = last.dataset.seq - 400 - more; stream.prepend(one) } }""")
    writer.locator("#compose").fill("一日の終わりの一言")
    writer.keyboard.press("Control+Enter")
    expect(page.locator("article", has_text="一日の終わりの一言")).to_be_in_viewport()
    assert page.locator("article[data-seq]").count() <= MOST_SHOWN


def test_nothing_jumps_while_a_room_opens_and_somebody_writes(open_window: OpenWindow, long_city: Served) -> None:
    page = open_window(long_city)
    page.add_init_script(SHIFTS)
    open_at(page, long_city)
    writer = open_at(open_window(long_city), long_city, who=KASHIWAGI)
    writer.locator("#compose").fill("静かに届く一言")
    writer.keyboard.press("Control+Enter")
    expect(page.locator("article", has_text="静かに届く一言")).to_be_in_viewport()
    assert page.evaluate("window.shifts") < 0.015


def _scroll_until(page: Page, way: int, condition: str) -> None:
    def reached() -> bool:
        page.mouse.wheel(0, way)
        return bool(page.evaluate(condition))
    until(reached, 60, condition)


def _scroll_slowly_watching(page: Page, way: int, condition: str) -> None:
    """Between two turns of the wheel nothing in sight moves by itself, whatever is fetched meanwhile."""
    def reached() -> bool:
        page.mouse.wheel(0, way)
        page.evaluate(AFTER_THE_TURN)
        before = page.evaluate(IN_SIGHT)
        page.wait_for_function("() => true", polling=50)
        page.wait_for_load_state("networkidle")
        after = page.evaluate(IN_SIGHT)
        moved = {seq: after[seq] - top for seq, top in before.items() if seq in after}
        assert all(abs(by) <= 2 for by in moved.values()), moved
        return bool(page.evaluate(condition))
    until(reached, 60, condition)


AFTER_THE_TURN = """() => new Promise((done) => { const log = document.querySelector('.log')
  let last = log.scrollTop, still = 0
  const look = () => { still = log.scrollTop === last ? still + 1 : 0; last = log.scrollTop
    still > 3 ? done() : requestAnimationFrame(look) }
  requestAnimationFrame(look) })"""
IN_SIGHT = """() => { const log = document.querySelector('.log').getBoundingClientRect()
  return Object.fromEntries([...document.querySelectorAll('article[data-seq]')].map((a) => [a.dataset.seq, a.getBoundingClientRect()])
    .filter(([, box]) => box.bottom > log.top && box.top < log.bottom).map(([seq, box]) => [seq, box.top])) }"""


def test_what_was_told_of_a_message_while_its_page_was_under_way_is_seen(open_window: OpenWindow, long_city: Served) -> None:
    page = open_window(long_city)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/page?before=*", lambda route: held.append((route, route.fetch())))
    room = open_at(page, long_city).locator(".talkroom")
    page.locator(".log").evaluate("each => { each.scrollTop = -each.scrollHeight }")
    route, older = until_on(page, lambda: held)[0]
    seq, told = page.evaluate(FIRST) - 4, room.get_attribute("data-room-change-value") or ""
    with Visitor(long_city, "002977") as other:
        stamped = look_up(long_city, "select id from chat_message where seq = ? order by room_id limit 1", seq)[0][0]
        other.post(f"/chat/messages/{stamped}/stamps", {"stamp": "承知", "pressed": True})
    expect(room).not_to_have_attribute("data-room-change-value", told)
    route.fulfill(response=older)
    expect(page.locator(f"#m{seq} [data-stamp=承知]")).to_be_visible()
