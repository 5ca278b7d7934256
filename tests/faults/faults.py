"""The catalogue of what happens to the house. A fault strikes, lasts a while, and is made good as an installation would: by starting again."""
import signal
from collections.abc import Callable
from random import Random

import gevent

from tests.faults.house import House, Web
from tests.support.processes import Program

Fault = Callable[[House, Random], str]      # does it, heals it, and says what it was


def kill_web(house: House, dice: Random) -> str:
    web = _one(house, dice)
    web.running.kill()
    _last(dice, 0.3)
    web.begin()
    return web.log.stem


def kill_helper(house: House, dice: Random) -> str:
    _helper(house).kill()
    _last(dice, 0.5)
    house.start_helper()
    return ""


def kill_everything(house: House, dice: Random) -> str:
    """As when the machine loses its power, but for the disc's own cache."""
    for program in house.programs():
        program.process.kill()
    if house.cluster:
        house.cluster.end(signal.SIGKILL)
    if house.redis:
        house.redis.kill()
    for program in house.programs():
        program.process.wait()
    _last(dice, 0.5)
    return ""


def stop_web(house: House, dice: Random) -> str:
    """Frozen, as a virtual machine that is moved; its connections stay open."""
    return _stop(_one(house, dice), dice)


def stop_helper(house: House, dice: Random) -> str:
    _helper(house).process.send_signal(signal.SIGSTOP)
    _last(dice, 3)
    _helper(house).process.send_signal(signal.SIGCONT)
    return ""


def restart_web(house: House, dice: Random) -> str:
    """Politely: whoever is under way is brought to an end."""
    web = _one(house, dice)
    code = web.running.end()
    web.begin()
    return f"{web.log.stem} ended with {code}"


def cut_connections(house: House, dice: Random) -> str:
    many = house.front.cut(dice)
    _last(dice, 1)
    return f"{many} connections"


def fill_disk(house: House, dice: Random) -> str:
    """The processes are the same before and after: they recover by themselves. PostgreSQL may end, and is started again."""
    before = [program.process.pid for program in house.programs()]
    writers = [*before, *(house.cluster.processes() if house.cluster else ())]
    house.disk.fill(writers)
    _last(dice, 4)
    house.disk.free()
    if [program.process.pid for program in house.programs() if program.runs] != before:
        raise AssertionError("a process did not live through a full disc")
    return house.disk.way


def restart_postgresql(house: House, dice: Random) -> str:
    """``immediate``: no backend finishes anything, the log is replayed at the start."""
    assert house.cluster
    house.cluster.end(signal.SIGQUIT)
    _last(dice, 0.5)
    house.cluster.start()
    return ""


def cut_backends(house: House, dice: Random) -> str:
    assert house.cluster
    return f"{sum(house.cluster.cut_backends() for _ in range(dice.randint(1, 3)))} backends"


def kill_redis(house: House, dice: Random) -> str:
    assert house.redis
    house.redis.kill()
    _last(dice, 3)
    house.redis.start()
    return ""


def stop_redis(house: House, dice: Random) -> str:
    assert house.redis
    assert house.redis.program
    house.redis.program.process.send_signal(signal.SIGSTOP)
    _last(dice, 3)
    house.redis.program.process.send_signal(signal.SIGCONT)
    return ""


EVERYWHERE: dict[Fault, int] = {        # how often, of all that is possible
    kill_web: 6, kill_helper: 2, kill_everything: 3, stop_web: 2, stop_helper: 1, restart_web: 2, cut_connections: 5, fill_disk: 2}
ON_POSTGRESQL: dict[Fault, int] = {restart_postgresql: 4, cut_backends: 4}
WITH_REDIS: dict[Fault, int] = {kill_redis: 3, stop_redis: 2}


def possible(house: House) -> dict[Fault, int]:
    return {**EVERYWHERE, **(ON_POSTGRESQL if house.cluster else {}), **(WITH_REDIS if house.redis else {})}


def _one(house: House, dice: Random) -> Web:
    return dice.choice(house.webs)


def _helper(house: House) -> Program:
    assert house.helper
    return house.helper


def _stop(web: Web, dice: Random) -> str:
    web.running.process.send_signal(signal.SIGSTOP)
    _last(dice, 5)
    web.running.process.send_signal(signal.SIGCONT)
    return web.log.stem


def _last(dice: Random, most: float) -> None:
    gevent.sleep(dice.random() * most)
