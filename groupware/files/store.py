"""Where the bytes are: on the local disk, or in a bucket where the configuration names one. Nothing of it lies under the web root."""
from pathlib import Path

from flask import current_app

from groupware.config import Config
from groupware.files.bucket import Bucket, Where
from groupware.files.disk import LocalDisk, Store


def store() -> Store:
    config: Config = current_app.config["HOUSE"]
    where = Where(config.files_s3, config.files_s3_bucket, config.files_s3_key, config.files_s3_secret, config.files_s3_region, config.files_s3_cache)
    return Bucket(store_folder(), where) if config.files_s3 else LocalDisk(store_folder())


def arriving_folder() -> Path:
    """Where what comes piece by piece waits until it is whole: on this machine, wherever the whole files are."""
    return store_folder() / "arriving"


def store_folder() -> Path:
    folder: Path = current_app.config["DATA"] / "files"
    return folder
