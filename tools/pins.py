"""`make pins`: the lists of what is wanted (requirements*.in, package.json) become exact versions with digests, for a person to read and commit."""
import subprocess
import tempfile
import venv
from pathlib import Path

from tools.saying import ROOT, say

LISTS = ("requirements", "requirements-dev", "requirements-node")
# Where packages come from is each machine's own affair: no registry stands in the pins.
OPTIONS = ("--quiet", "--generate-hashes", "--strip-extras", "--upgrade", "--no-header",
           "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pins-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        _run(python, "-m", "pip", "install", "--quiet", "pip-tools")
        for name in LISTS:
            say(f"{name}.in -> {name}.txt")
            _run(python, "-m", "piptools", "compile", *OPTIONS, "--output-file", f"{name}.txt", f"{name}.in")
    say("package.json -> package-lock.json")
    _run("npm", "install", "--package-lock-only")


def _run(*arguments: str | Path) -> None:
    subprocess.run(arguments, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
