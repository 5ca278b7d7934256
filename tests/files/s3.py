"""A server that speaks S3, in a process of its own, and stores that keep their bytes there."""
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minio import Minio
from urllib3.exceptions import HTTPError

from groupware.files.bucket import Bucket, Where
from tests.support.processes import free_port
from tests.support.waiting import until

NAME, CACHE = "files", 3_000_000
SERVER = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"


@contextmanager
def serving() -> Iterator[str]:
    """Its address, with an empty bucket there."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _made(port), what="the server that speaks S3")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def where(address: str, cache: int = CACHE) -> Where:
    return Where(address, NAME, "key", "a secret of no worth", "us-east-1", cache)


def bucket(folder: Path) -> Bucket:
    """On the server whose address stands in the environment: also in a program of its own."""
    return Bucket(folder, where(os.environ["S3_OF_TESTS"]))


def client(address: str) -> Minio:
    place = where(address)
    return Minio(address.removeprefix("http://"), access_key=place.key, secret_key=place.secret, secure=False, region=place.region)


def _made(port: int) -> bool:
    try:
        client(f"http://127.0.0.1:{port}").make_bucket(NAME)
    except (HTTPError, OSError):
        return False
    return True
