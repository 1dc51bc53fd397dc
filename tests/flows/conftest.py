"""The demonstration city, built once by its own command and shared by every worker."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.notices.fixtures import at_once, chat, post  # noqa: F401 - fixtures
from tests.platform.installation import Installation

OCCASION = {
    "主题": "脱贫攻坚的生动实践",
    "场次": "2",
    "日期": "2021年4月16日9:30",
    "地点": "市新闻发布厅",
    "主持人": "市工作成果发布办公室新闻发言人　林晓岚",
}


@pytest.fixture
def report(capsys):
    """report("107 of 107 …") shows a measured figure, whether the test passes or not."""

    def show(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return show


class City(Installation):
    """An installation with a city in it."""

    def compile(
        self, output: Path, genre: str = "发布会实录", period: str = "2020", *, code=0
    ) -> str:
        settings = [word for name in OCCASION for word in ("--set", f"{name}={OCCASION[name]}")]
        where = ("--region", "370100", "--period", period, "--output", str(output))
        return self.manage("compile", genre, *where, *settings, code=code)


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that all workers of one run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(shared) -> Path:
    """The folder of the demonstration city, untouched since it was built."""
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").exists():
            city = City(folder)
            city.manage("migrate", "--verbosity", "0")
            city.manage("demo")
            (folder / "built").touch()
    return folder


@pytest.fixture(scope="session")
def demonstration(built, tmp_path_factory) -> City:
    """The demonstration city, for tests that only compile."""
    folder = tmp_path_factory.mktemp("city") / "var"
    shutil.copytree(built, folder)
    return City(folder)


@pytest.fixture
def own_demonstration(built, tmp_path) -> City:
    """The demonstration city, for a test that changes it."""
    shutil.copytree(built, tmp_path / "var")
    return City(tmp_path / "var")


@pytest.fixture(scope="session")
def material(demonstration, tmp_path_factory) -> Path:
    """The press-conference material of the demonstration city as a .docx."""
    output = tmp_path_factory.mktemp("files") / "会前材料.docx"
    demonstration.compile(output)
    return output
