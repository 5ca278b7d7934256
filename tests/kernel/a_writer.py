"""A program that writes to the SQLite file it is given as a busy helper does: transactions with short pauses, until its input ends."""
import sqlite3
import sys
import threading
import time

HOLDS, RESTS = 0.02, 0.001


def write_for_ever(path: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    while True:
        connection.execute("begin immediate")
        connection.execute("insert into theirs default values")
        time.sleep(HOLDS)
        connection.execute("commit")
        time.sleep(RESTS)


if __name__ == "__main__":
    threading.Thread(target=write_for_ever, args=(sys.argv[1],), daemon=True).start()
    sys.stdin.read()
