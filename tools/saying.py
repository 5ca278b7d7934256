"""How these scripts speak: one sentence in Japanese, the same in English, and the command that mends it."""
import os
import shutil


class Missing(SystemExit):
    """Ends the script with exit code 1 and this text; ``command`` is what a person types next."""

    def __init__(self, japanese: str, english: str, command: str) -> None:
        super().__init__(f"\n{japanese} 次のコマンドを実行してください: {command}\n{english} Run: {command}\n")


def say(text: str) -> None:
    print(text, flush=True)


def as_root(command: str) -> str:
    """The command as this person would have to type it."""
    return command if os.geteuid() == 0 else f"sudo {command}"


def found(program: str) -> str | None:
    return shutil.which(program)
