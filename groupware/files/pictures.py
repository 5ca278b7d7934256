"""Previews of pictures: upright, small, without a word of what the camera wrote into them. Runs in a child that may be killed."""
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from groupware.files.kinds import PICTURES
from groupware.kernel.child import serve

SIDE = 1_280                    # pixels of the longer side: sharp on a fine screen, 30 to 150 KB
MOST_PIXELS = 50_000_000        # the largest telephones take 50 million; a flood asks for billions in a few bytes
TURNED = {5, 6, 7, 8}           # values of the EXIF orientation that lie on their side
ORIENTATION = 0x0112
TELLS_ORIENTATION = {"image/jpeg", "image/webp"}        # of the others it stands behind the pixels


def measure(path: Path, media_type: str) -> tuple[int, int] | None:
    """Width and height of the upright picture from its first bytes; None when it is none, or too large to be looked at."""
    try:
        with Image.open(path, formats=[PICTURES[media_type]]) as picture:
            width, height = picture.size
            turned = media_type in TELLS_ORIENTATION and picture.getexif().get(ORIENTATION) in TURNED
    except Exception:       # noqa: BLE001 (whatever a hostile file makes the library say)
        return None
    if width * height > MOST_PIXELS:
        return None
    return (height, width) if turned else (width, height)


def make_preview(question: dict[str, Any]) -> bool:
    """``from`` and ``to`` are paths. Written beside and moved, so that nobody meets half a picture."""
    source, target = Path(question["from"]), Path(question["to"])
    part = target.with_suffix(".part")
    with Image.open(source, formats=list(PICTURES.values())) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return False
        picture.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE, SIDE))
        upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(part, "WEBP", quality=80, exif=b"", xmp=b"", icc_profile=b"")
    part.replace(target)
    return True


if __name__ == "__main__":
    serve(make_preview, megabytes=1_024)
