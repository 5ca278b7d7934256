"""兼務 and the like in one cell: 0221:併任:主事; 1010:兼務."""
from groupware.directory.forms import PlaceDraft
from groupware.directory.models import MAIN
from groupware.directory.queries.places import Place
from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow

Seat = tuple[str, str, str]         # (code of the unit, nature, post)


def read_seats(cell: str) -> dict[Seat, PlaceDraft]:
    """Raises Invalid."""
    found = {}
    for part in filter(None, (each.strip() for each in narrow(cell).replace("、", ";").split(";"))):
        words = [word.strip() for word in part.split(":")]
        if len(words) not in (2, 3) or words[1] == MAIN:
            raise Invalid(also=f"「{part}」を読み取れません。0221:併任:主事 のように、所属コード・発令の種類・職名を : で区切ってください。")
        draft = PlaceDraft.parse(dict(zip(("unit_code", "nature", "post"), words, strict=False)))
        found[draft.unit_code, draft.nature, draft.post] = draft
    return found


def seat_of(place: Place, code: str) -> Seat:
    return code, place.nature, place.post


def written_seats(seats: list[Seat]) -> str:
    return ";".join(":".join(seat).removesuffix(":") for seat in sorted(seats))
