"""LibreOffice, where it is installed, makes a PDF of an Office file: in a home of its own, without macros, without the network's pictures."""
import logging
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from groupware.files.kinds import DOCX, PPTX, XLSX

log = logging.getLogger(__name__)
BUDGET = 60.0           # seconds for one file
MEMORY = 4 * 1024**3
LARGEST = 512 * 1024**2         # bytes that it may write into one file
ENDINGS = {DOCX: "docx", XLSX: "xlsx", PPTX: "pptx"}
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""


@cache
def program() -> str | None:
    return shutil.which("soffice")


def convert(source: Path, media_type: str, target: Path) -> bool:
    """Whether there is a PDF now. Whatever it started is ended with it."""
    soffice = program()
    if soffice is None:
        return False
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        home = Path(folder)
        (home / "user").mkdir()
        (home / "user" / "registrymodifications.xcu").write_text(PROFILE)
        given = home / f"given.{ENDINGS[media_type]}"
        given.symlink_to(source)
        _run([soffice, f"-env:UserInstallation=file://{home}", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf",
              "--outdir", folder, str(given)], home)
        return _taken(home / "given.pdf", target)


def _run(words: list[str], home: Path) -> None:
    process = subprocess.Popen(words, env={"PATH": os.defpath, "HOME": str(home), "LANG": "ja_JP.UTF-8"}, cwd=home, start_new_session=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _limit(process.pid)
        process.wait(BUDGET)
    except subprocess.TimeoutExpired:
        log.warning("an Office file was not a PDF within %.0f s", BUDGET)
    finally:
        _end(process)


def _limit(pid: int) -> None:
    """It starts its own children only after a while: they inherit this."""
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (LARGEST, LARGEST))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With all that it started; that may have ended by itself."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _taken(made: Path, target: Path) -> bool:
    """Written beside and moved, so that nobody meets half of it."""
    if not made.exists() or not made.stat().st_size:
        return False
    part = target.with_suffix(".part")
    shutil.copyfile(made, part)
    part.replace(target)
    return True
