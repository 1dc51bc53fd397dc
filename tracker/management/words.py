"""The words of a file that a command is given."""

from pathlib import Path

from django.core.management.base import CommandError

from tracker.workbooks import papers


def words_of(file: Path) -> str:
    """Of a .docx its lines, the cells of a row between tabs; of a text file exactly what stands there,
    so that offsets count in it. Raises CommandError."""
    try:
        data = file.read_bytes()
        if file.suffix.lower() == ".docx":
            return papers.read(data, file.name).text
        return data.decode("utf-8-sig")
    except OSError as problem:
        raise CommandError(f"打不开文件：{file}（{problem.strerror}）") from problem
    except papers.NotAPaper as problem:
        raise CommandError(str(problem)) from problem
    except UnicodeDecodeError as problem:
        raise CommandError(f"不是 UTF-8 文本：{file}。请另存为 UTF-8 后再试。") from problem
