from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.tree import Tree

Plant = Callable[[dict[str, str]], Tree]


@pytest.fixture(scope="session")
def product() -> Tree:
    """The house as it stands."""
    return Tree(Path(__file__).parents[2])


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """``plant({"chat/views.py": "import boards.models"})``: a small tree with a violation in it, to see a law red."""
    def do(files: dict[str, str]) -> Tree:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return Tree(tmp_path)
    return do
