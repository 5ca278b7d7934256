"""The store whose bytes lie in a bucket that speaks S3.

What is read comes through a cache on this machine, where lies too what is made of it. The bucket is asked off the loop.
"""
import os
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from groupware.files.disk import LocalDisk, Stored
from groupware.kernel.errors import Unavailable
from groupware.kernel.writers import off_loop

if TYPE_CHECKING:
    from minio import Minio

IDLE = 3_600        # seconds after which what nobody has read may leave the cache
AWAY = "ファイルの置き場所につながりません。少し待ってからもう一度お試しください。続くときは、情報担当にお知らせください。"


class Where(NamedTuple):
    """``cache``: bytes that may lie on this machine beside those that are being read."""

    endpoint: str
    bucket: str
    key: str
    secret: str
    region: str
    cache: int


class Bucket(LocalDisk):
    """A name in the bucket is a place."""

    def __init__(self, folder: Path, where: Where) -> None:
        super().__init__(folder)
        self.where = where

    def put(self, pieces: Iterable[bytes]) -> Stored:
        stored = super().put(pieces)
        self._send(stored.place)
        return stored

    def adopt(self, whole: Path) -> str:
        place = super().adopt(whole)
        self._send(place)
        return place

    def path(self, place: str) -> Path:
        """Fetched when it is not here; there is no file where the bucket has none either. Raises Unavailable."""
        here = super().path(place)
        if here.exists():
            os.utime(here)
        else:
            self._ask(_fetch, place, here, self.arriving / f"{place}.{time.time_ns()}")
        return here

    def pdf_path(self, place: str) -> Path:
        made = super().path(place).with_suffix(".pdf")
        return made if made.exists() else self.path(place)

    def delete(self, place: str) -> None:
        """There first: what is not reached is asked for again another night."""
        self._ask(_remove, place)
        super().delete(place)

    def sweep(self) -> None:
        """The cache keeps what was read last. What the bucket has not goes there before it goes away."""
        super().sweep()
        kept = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in self._cached())
        left = sum(size for _, size, _ in kept)
        for read_at, size, path in kept:
            if left > self.where.cache and read_at < time.time() - IDLE:
                self._ask(_send_missing, _place(path), path)
                path.unlink(missing_ok=True)
                left -= size

    def gather(self, places: Iterable[str]) -> None:
        for place in places:
            self.path(place)

    def settle(self) -> None:
        for path in self._cached():
            self._ask(_send_missing, _place(path), path)

    def _cached(self) -> list[Path]:
        return [path for path in self.folder.glob("??/*") if not path.suffix and path.is_file()]

    def _send(self, place: str) -> None:
        """What the bucket does not take is not here either. Raises Unavailable."""
        try:
            self._ask(_send, place, super().path(place))
        except Unavailable:
            super().delete(place)
            raise

    def _ask(self, deed: Callable[..., None], place: str, *more: Path) -> None:
        off_loop(_asked, deed, self.where, place, more)


def _place(path: Path) -> str:
    return path.parent.name + path.name


def _asked(deed: Callable[..., None], where: Where, place: str, more: tuple[Path, ...]) -> None:
    from minio.error import MinioException  # noqa: PLC0415 (heavy, and only where there is a bucket)
    from urllib3.exceptions import HTTPError  # noqa: PLC0415
    try:
        deed(_client(where), where.bucket, place, *more)
    except (MinioException, HTTPError) as trouble:
        raise Unavailable(AWAY) from trouble


@cache
def _client(where: Where) -> "Minio":
    from minio import Minio  # noqa: PLC0415
    from urllib3 import PoolManager, Retry, Timeout  # noqa: PLC0415
    address, patient = urlsplit(where.endpoint), Timeout(connect=5, read=60)
    return Minio(address.netloc, access_key=where.key, secret_key=where.secret, secure=address.scheme == "https", region=where.region,
                 http_client=PoolManager(timeout=patient, retries=Retry(total=2, backoff_factor=0.2)))


def _send(client: "Minio", bucket: str, place: str, path: Path) -> None:
    client.fput_object(bucket, place, str(path))


def _send_missing(client: "Minio", bucket: str, place: str, path: Path) -> None:
    if not _is_there(client, bucket, place):
        _send(client, bucket, place, path)


def _fetch(client: "Minio", bucket: str, place: str, here: Path, part: Path) -> None:
    """Nobody meets half a file."""
    if not _is_there(client, bucket, place):
        return
    part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    client.fget_object(bucket, place, str(part))
    here.parent.mkdir(exist_ok=True, mode=0o700)
    part.replace(here)


def _remove(client: "Minio", bucket: str, place: str) -> None:
    """Twice is as once."""
    client.remove_object(bucket, place)


def _is_there(client: Any, bucket: str, place: str) -> bool:
    from minio.error import S3Error  # noqa: PLC0415
    try:
        client.stat_object(bucket, place)
    except S3Error as trouble:
        if trouble.code in {"NoSuchKey", "NoSuchObject"}:
            return False
        raise
    return True
