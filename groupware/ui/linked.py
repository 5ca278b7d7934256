"""A link to a thing of ours, as the thing: which one an address means."""
from flask import current_app
from werkzeug.exceptions import HTTPException

from groupware.kernel.house import house
from groupware.kernel.ref import Ref


def thing_at(path: str) -> Ref | None:
    """``/boards/notices/12`` is ``boards.notice:12``: a page called like a kind of thing, with the number of one."""
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    number = values.get(f"{endpoint.rpartition('.')[2]}_id")
    return Ref(endpoint, number) if endpoint in house.cards and isinstance(number, int) and number.bit_length() < 63 else None
