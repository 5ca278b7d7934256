"""A child for the tests of children."""
import os
import time
from typing import Any

from groupware.kernel.child import serve


def answer(question: dict[str, Any]) -> Any:
    match question:
        case {"say": word}:
            return word
        case {"who": _}:
            return os.getpid()
        case {"sleep": seconds}:
            time.sleep(seconds)
        case {"die": _}:
            os._exit(1)
        case {"megabytes": size}:
            return len(bytes(size * 2**20))
        case {"fall": _}:
            raise RuntimeError
        case {"long": size}:
            return "a" * size
        case {"environment": name}:
            return os.environ.get(name, "-")
    return None


if __name__ == "__main__":
    serve(answer, megabytes=256)
