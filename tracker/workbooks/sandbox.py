"""Starts the child process that opens uploaded files, and hands back what it wrote."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.workbooks.gates import NotAWorkbook

ROOT = Path(__file__).resolve().parents[2]
PARSE = "tracker.workbooks.child"
MARK = "tracker.workbooks.markup"
WALL_SECONDS = 60
TOO_MUCH = "文件太大，或在很远的行列里还有内容，无法读取。请把数据区域复制到新的工作簿后再上传。"


@contextmanager
def child(module: str, given: Iterable[bytes], wanted: Iterable[str] = ()) -> Iterator[IO[bytes]]:
    """What PARSE or MARK writes when it is given these bytes. Raises NotAWorkbook when it broke a limit."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        source.writelines(given)
        source.seek(0)
        _run([module, *wanted], source, out)
        out.seek(0)
        yield out


def _run(arguments: list[str], source: IO[bytes], out: IO[bytes]) -> None:
    # -P: the working directory is no place to import from. Nothing of our environment goes along.
    command = [sys.executable, "-P", "-m", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    # Its threads would each reserve address space.
    environment["OPENBLAS_NUM_THREADS"] = "1"
    try:
        subprocess.run(  # noqa: S603 - our own module; a sheet's name is an argument, never code
            command,
            stdin=source,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=WALL_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise NotAWorkbook(TOO_MUCH) from None
