"""Programs a test needs. Without one it is skipped, counted, and the command that mends it is printed; with CI set a skip is a failure."""
import os
from collections import Counter
from collections.abc import Iterator

import pytest

from tools.get_test_tools import TOOLS, install_command

CI = bool(os.environ.get("CI"))
LACKS = "lacks"
lacking: Counter[str] = Counter()


def need(name: str) -> str:
    """Where the program is (a key of ``TOOLS``), or the test is skipped."""
    place = TOOLS[name].find()
    if not place:
        pytest.skip(sentence(name))
    return place


def sentence(name: str) -> str:
    return f"needs {name}: {install_command(TOOLS[name])}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Every skip passes here, whoever asked for it."""
    report: pytest.TestReport = yield       # type: ignore[assignment]
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).removeprefix("Skipped: ")
        report.user_properties.append((LACKS, reason))
        if CI:
            report.outcome, report.longrepr = "failed", f"CI is set, and a skip is a failure there. {reason}"
    return report                           # type: ignore[return-value]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Where the tests run in several processes, this is the one which tells the person."""
    lacking.update(str(value) for name, value in report.user_properties if name == LACKS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if lacking:
        terminalreporter.section(f"skipped: {sum(lacking.values())}")
    for reason, times in lacking.most_common():
        terminalreporter.line(f"{times:5}  {reason}")
