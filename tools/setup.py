"""What `make run` and `make test` do first: `python -m tools.setup [--dev]`. The second time it asks nothing of the network."""
import sys

from tools.libraries import fetch_libraries, lay_out_libraries
from tools.saying import ROOT
from tools.virtualenv import install, make_virtualenv


def main(*, for_tests: bool) -> None:
    make_virtualenv()
    install(ROOT / "requirements.txt")
    if for_tests:
        install(ROOT / "requirements-dev.txt")
    fetch_libraries(for_tests=for_tests)
    lay_out_libraries()


if __name__ == "__main__":
    main(for_tests="--dev" in sys.argv[1:])
