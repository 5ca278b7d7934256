"""Fetches addresses one after the other over one fresh connection: ``python -m benchmarks.sittings.slow_link PORT COOKIE ADDRESS...``

Run in a network of its own, whose loopback is as slow as a telework line; prints the seconds and the bytes.
"""
import http.client
import sys
import time

from groupware.kernel import json


def fetched(port: int, cookie: str, addresses: list[str]) -> tuple[float, int]:
    began, size = time.perf_counter(), 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in addresses:
        connection.request("GET", address, headers={"Cookie": cookie, "Sec-Fetch-Site": "same-origin"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise ConnectionError(f"{address}: {answer.status}")
        size += len(body)
    connection.close()
    return time.perf_counter() - began, size


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fetched(int(sys.argv[1]), sys.argv[2], sys.argv[3:])))
