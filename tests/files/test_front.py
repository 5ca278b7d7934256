"""nginx hands the bytes over; who may have them is decided here, and every seal stays on."""
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

from groupware.files.commands import attach_files
from groupware.files.queries import address_of
from tests.files.office import PDF, Desk, browser, helper_works, person, picture, sent
from tests.support.needs import need
from tests.support.processes import ROOT, Program, free_port
from tests.support.waiting import until

ACCEL = "/tsunagaru-files"
SEALS = ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Cache-Control", "Content-Disposition", "Content-Type",
         "Vary", "ETag", "X-Frame-Options", "Referrer-Policy")


@pytest.fixture
def front(house: Any, tmp_path: Path) -> Iterator[str]:
    """The house behind nginx, with our own part of its settings."""
    house.app.config["FILES_ACCEL"] = ACCEL
    (house.config.data / "files").mkdir(exist_ok=True)
    server = make_server("127.0.0.1", 0, house.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with nginx(tmp_path, house.config.data, server.server_port) as address:
        yield address
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def nginx(folder: Path, data: Path, behind: int) -> Iterator[str]:
    port, program = free_port(), need("nginx")
    part = (ROOT / "deploy" / "nginx" / "files.conf").read_text().replace("/srv/tsunagaru/files/", f"{data}/files/")
    temporary = " ".join(f"{each}_temp_path {folder}/{each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"""
        daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1; user root;
        events {{ worker_connections 64; }}
        http {{ access_log off; {temporary}
          server {{ listen 127.0.0.1:{port};
            location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host; }}
            {part} }} }}""")
    running = Program([program, "-c", folder / "nginx.conf"], folder / "nginx.log", folder=folder)
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz") or not running.runs, 20, "nginx answers")
        assert running.runs, running.said()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.end()


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.ConnectionError:
        return False


def test_behind_nginx_every_seal_stays_on_and_the_right_is_asked_each_time(house: Any, desk: Desk, front: str) -> None:
    owner = person()
    paper, photograph, page = sent(owner, "報告書.pdf"), sent(owner, "写真.png", picture()), sent(owner, "頁.html", b"<script>alert(1)</script>")
    attach_files(owner, (paper.id, photograph.id, page.id), desk.lay(1, owner))
    helper_works()
    inside = browser(house, owner)
    cookie = inside.get_cookie("tsunagaru")
    assert cookie

    def ask(address: str, **headers: str) -> requests.Response:
        return requests.get(front + address, headers={"Cookie": f"tsunagaru={cookie.value}", "Accept": "application/json", **headers}, timeout=10)
    for address in (address_of(paper), address_of(photograph), f"/files/previews/{photograph.id}", address_of(page)):
        house.app.config["FILES_ACCEL"] = ""
        own = inside.get(address, buffered=True)
        house.app.config["FILES_ACCEL"] = ACCEL
        fronted = ask(address)
        assert (fronted.status_code, fronted.content) == (200, own.data), address
        assert {name: fronted.headers.get(name) for name in SEALS} == {name: own.headers.get(name) for name in SEALS}, address
        assert "X-Accel-Redirect" not in fronted.headers
    one = ask(address_of(paper), Range="bytes=5-9")
    assert (one.status_code, one.content, one.headers["Content-Range"]) == (206, PDF[5:10], f"bytes 5-9/{len(PDF)}")
    assert ask(address_of(paper), Range="bytes=0-1,3-4").status_code == 416
    assert ask(address_of(paper), **{"If-None-Match": ask(address_of(paper)).headers["ETag"]}).status_code == 304
    place = f"{ACCEL}/{paper.blob.place[:2]}/{paper.blob.place[2:]}"
    assert ask(place).status_code == 404
    desk.lay(1)
    assert [ask(address_of(paper)).status_code, ask(address_of(paper), **{"If-None-Match": "*"}).status_code] == [404, 404]
