"""JSON as text, by orjson: four times quicker, and Japanese stays readable."""
from typing import Any

import orjson

JSONDecodeError = orjson.JSONDecodeError
loads = orjson.loads


def dumps(value: Any, **_: Any) -> str:
    return orjson.dumps(value).decode()


def dumps_sorted(value: Any) -> bytes:
    """One form for one value, whatever the order in which its parts were written: for digests."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)
