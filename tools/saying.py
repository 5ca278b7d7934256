"""How these scripts speak: one sentence in Japanese, the same in English, and the command that mends it."""
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAST_WORDS = 2
AGAIN = "make run"


class Missing(SystemExit):
    """Ends the script with exit code 1 and this text; ``command`` is what a person types next."""

    def __init__(self, japanese: str, english: str, command: str) -> None:
        super().__init__(f"\n{japanese} 次のコマンドを実行してください: {command}\n{english} Run: {command}\n")


def attempt(japanese: str, english: str, *arguments: str | Path) -> None:
    """Runs a program in silence. Only when it fails its own last words are shown, above the sentence that says what to do."""
    done = subprocess.run(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        say("\n".join(done.stdout.strip().splitlines()[-LAST_WORDS:]))
        raise Missing(japanese, english, AGAIN)


def say(text: str) -> None:
    print(text, flush=True)


def as_root(command: str) -> str:
    """The command as this person would have to type it."""
    return command if os.geteuid() == 0 else f"sudo {command}"


def found(program: str) -> str | None:
    return shutil.which(program)
