"""JSON as text, by orjson: four times quicker, and Japanese stays readable."""
from typing import Any

import orjson

JSONDecodeError = orjson.JSONDecodeError
loads = orjson.loads


def dumps(value: Any, **_: Any) -> str:
    return orjson.dumps(value).decode()
