"""The official JavaScript client against our driver, by each way it knows."""
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.driver.conftest import Demo
from tests.support.processes import ROOT

pytestmark = pytest.mark.real
COUNT = 150


@pytest.mark.parametrize(("transports", "ends_on"), [(["websocket"], "websocket"), (["polling"], "polling"), (["polling", "websocket"], "websocket")])
def test_three_hundred_come_in_order_once_each_with_their_answers(house: Demo, transports: list[str], ends_on: str) -> None:
    """By polling with a change to WebSocket, as many again are under way while it changes."""
    told = official_client(house.port, 300 if len(transports) == 1 else COUNT, transports)
    count = 300 if len(transports) == 1 else COUNT
    early = [-1 - n for n in range(count)] if len(transports) > 1 else []
    assert told == {"transport": ends_on, "heard": [*early, *range(count)], "answered": list(range(count)), "problems": [], "whole": True}


def official_client(port: int, count: int, transports: list[str]) -> dict[str, object]:
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))      # the system's, or the wheel's
    if not node:
        pytest.skip("needs node: apt-get install nodejs")
    done = subprocess.run([node, Path(__file__).with_name("client.mjs"), str(port), str(count), *transports], cwd=ROOT,
                          capture_output=True, text=True, timeout=30, check=False)
    return dict(json.loads(done.stdout)) if done.stdout else {"problems": done.stderr}
