"""``python -m tests.support.loader DESCRIPTOR patched|plain``: loads the house, then becomes, in a child, each program it is told to become.

The orders come by a socket: arguments and environment, with the descriptors of its standard output, its errors, and of the pipe on which
its number and its end are told. Between the two stands a process that does nothing but wait for that end.
"""
import os
import socket
import struct
import sys

fork, wait, NUMBER = os.fork, os.waitpid, struct.Struct("i")      # the system's own, whatever is patched
orders = socket.socket(fileno=int(sys.argv[1]))
orders.setblocking(True)        # whoever started this may be patched, and its sockets do not wait

if sys.argv[2] == "patched":
    from gevent import monkey

    monkey.patch_all()

import gc  # noqa: E402

gc.disable()

import json  # noqa: E402
import random  # noqa: E402
from contextlib import suppress  # noqa: E402

import alembic.command  # noqa: E402, F401
import flask.cli  # noqa: E402, F401
import psycopg  # noqa: E402, F401
import redis  # noqa: E402, F401

import features  # noqa: E402, F401
import groupware.app  # noqa: E402
import groupware.live.web  # noqa: E402, F401
from groupware.kernel import engines  # noqa: E402
from tests.support.compiled import keep_compiled  # noqa: E402
from tests.support.timed import become  # noqa: E402


def main() -> None:
    keep_compiled()
    gc.freeze()
    arguments, environment = next_child()
    os.environ.clear()
    os.environ.update(environment)
    if environment.get("DISC") == "trusted":
        trust_the_machine()
    random.seed()
    become(*arguments)


def trust_the_machine() -> None:
    """The tests kill processes, never the machine: what the kernel has is safe enough. To wait for the disc 4,500 times would be
    half of the time in which the demo city is built."""
    engines.PRAGMAS = (*engines.PRAGMAS, "synchronous=off")


def next_child() -> tuple[list[str], dict[str, str]]:
    """Returns in a child, with what it is to become."""
    while True:
        words, given, *_ = socket.recv_fds(orders, 1 << 16, 3)
        if not words:
            os._exit(0)
        if fork() == 0:
            return _begun(given, *json.loads(words))
        for each in given:
            os.close(each)
        _bury()


def _bury() -> None:
    """Those of earlier children who have ended; what they cost is ours from then on."""
    with suppress(ChildProcessError):
        while wait(-1, os.WNOHANG)[0]:
            pass


def _begun(given: list[int], arguments: list[str], environment: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    *spoken, tells = given
    child = fork()
    if child:
        for each in spoken:
            os.close(each)
        os.write(tells, NUMBER.pack(child))
        os.write(tells, NUMBER.pack(os.waitstatus_to_exitcode(wait(child, 0)[1])))
        os._exit(0)
    os.setsid()
    for standard, each in enumerate((os.open(os.devnull, os.O_RDONLY), *spoken)):
        os.dup2(each, standard)
        os.close(each)
    os.close(tells)
    orders.close()
    return arguments, environment


if __name__ == "__main__":
    main()
