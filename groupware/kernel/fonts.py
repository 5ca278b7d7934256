"""Whole Japanese fonts of our own, for what is printed and for a PDF that brings none: fetched at set-up, licences beside them."""
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "ui" / "static" / "vendor" / "fonts"
GOTHIC, GOTHIC_BOLD, MINCHO = (FOLDER / name for name in ("gothic.ttf", "gothic-bold.ttf", "mincho.ttf"))
