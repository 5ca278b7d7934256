"""A disc that can be full. Root mounts one of memory and shrinks it to what it holds; everybody else forbids files to grow (RLIMIT_FSIZE)."""
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

PLENTY = "size=1g"
BLOCK = 4096
LITTLE = 64 * 1024      # no file is written behind this many bytes


class Disk:
    """``folder`` lies on it. ``way`` says how it is made full."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.folder.chmod(0o755)
        self.mounted = os.geteuid() == 0 and _mount(PLENTY, self.folder)
        self.folder.chmod(0o755)
        self.way = "tmpfs" if self.mounted else "RLIMIT_FSIZE"
        self.held: set[int] = set()

    def fill(self, writers: Iterable[int]) -> None:
        """``writers``: ids of the processes that write there."""
        if self.mounted:
            room = os.statvfs(self.folder)
            used = (room.f_blocks - room.f_bfree) * room.f_frsize
            _mount(f"remount,size={used + BLOCK}", self.folder)
        else:
            self.held = set(writers)
            _limit(self.held, LITTLE)

    def free(self) -> None:
        if self.mounted:
            _mount(f"remount,{PLENTY}", self.folder)
        else:
            _limit(self.held, resource.RLIM_INFINITY)

    def close(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def _mount(options: str, folder: Path) -> bool:
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True)
    return done.returncode == 0


def _limit(processes: Iterable[int], size: int) -> None:
    """Only the soft limit, which anybody may raise again."""
    for process in processes:
        if Path(f"/proc/{process}").exists():
            _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (hard if size == resource.RLIM_INFINITY else size, hard))
