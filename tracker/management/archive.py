"""One archive with all that an installation is: database, files, secret, and what to compare."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

FORMAT = 1
MANIFEST, SECRET, FILES = "manifest.json", "secret", "files"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Unfit(Exception):
    """The archive cannot be used; the message says why, in Chinese."""


def save(target: Path) -> dict:
    """Write the archive, readable by its owner alone, and give its manifest.

    The database comes first: files are only ever added, so each one that it names is there.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        try:
            manifest = _write(draft, Path(folder))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def _write(draft: Path, folder: Path) -> dict:
    database = folder / DATABASES[connection.vendor]
    rows = DUMPS[connection.vendor](database)
    secret = folder / SECRET
    secret.write_text(settings.SECRET_KEY)
    hashes = {}
    draft.touch(mode=0o600)
    with tarfile.open(draft, "w:gz", compresslevel=3) as tar:
        for name, path in [(database.name, database), (SECRET, secret), *_files()]:
            hashes[name] = digest(path)
            tar.add(path, name, recursive=False)
        manifest = _manifest(rows, hashes)
        path = folder / MANIFEST
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        tar.add(path, MANIFEST)
    return manifest


def _manifest(rows: dict[str, int], hashes: dict[str, str]) -> dict:
    return {
        "format": FORMAT,
        "database": connection.vendor,
        "created": timezone.localtime().isoformat(timespec="seconds"),
        "rows": rows,
        "sha256": hashes,
    }


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(root).as_posix()}", path


def digest(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def row_counts(cursor) -> dict[str, int]:
    """Table -> number of rows, for every table of this installation."""
    with connection.cursor() as own:
        tables = sorted(connection.introspection.table_names(own))
    counts = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        counts[table] = cursor.fetchone()[0]
    return counts


def _dump_sqlite(path: Path) -> dict[str, int]:
    """A consistent copy while others write: the backup interface starts over when a page changed."""
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    try:
        connection.connection.backup(copy)
        return row_counts(copy.cursor())
    finally:
        copy.close()


@transaction.atomic
def _dump_postgresql(path: Path) -> dict[str, int]:
    """pg_dump within one snapshot, so that the counted rows are the dumped ones."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _client("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
        return row_counts(cursor)


def load(source: Path) -> dict:
    """Put the archive in the place of this installation, once all its hashes are found right."""
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        manifest = _unpack(source, Path(folder))
        database = Path(folder) / DATABASES[connection.vendor]
        LOADS[connection.vendor](database)
        _put_files(Path(folder) / FILES)
        _put_secret((Path(folder) / SECRET).read_text())
    with connection.cursor() as cursor:
        if row_counts(cursor) != manifest["rows"]:
            raise Unfit("恢复后的行数与备份清单不一致，请换一份备份再试。")
    return manifest


def _unpack(source: Path, folder: Path) -> dict:
    try:
        with tarfile.open(source) as tar:
            hashes = {member.name: _extract(tar, member, folder) for member in tar}
        manifest = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Unfit("这个文件不是完整的备份。") from error
    hashes.pop(MANIFEST)
    if manifest.get("format") != FORMAT:
        raise Unfit("备份的格式版本与本程序不符，请使用相应版本的程序恢复。")
    if manifest["database"] != connection.vendor:
        raise Unfit(f"备份来自 {manifest['database']} 数据库，当前配置的是 {connection.vendor}。")
    if hashes != manifest["sha256"]:
        raise Unfit("备份内容与清单不符，文件可能已损坏或被改动。")
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    path = (folder / member.name).resolve()
    if not member.isreg() or not path.is_relative_to(folder.resolve()):
        raise Unfit("备份里有不该出现的文件，已停止恢复。")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tar.extractfile(member) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return digest(path)


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    try:
        copy.backup(connection.connection)
    except sqlite3.OperationalError as error:
        raise Unfit("数据库正在使用，请先停止 serve 再恢复。") from error
    finally:
        copy.close()


def _load_postgresql(path: Path) -> None:
    connection.close()
    _client("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(path))


def _client(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the configured database."""
    given = connection.get_connection_params()
    words = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    environment = {name: str(given[key]) for name, key in words.items() if given.get(key)}
    try:
        subprocess.run(  # noqa: S603 - fixed programs, our own arguments
            [program, f"--dbname={given['dbname']}", *arguments],
            env=os.environ | environment,
            check=True,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise Unfit(f"没有找到 {program}，请先安装 PostgreSQL 客户端。") from error
    except subprocess.CalledProcessError as error:
        raise Unfit(f"{program} 未能完成：{error.stderr.strip()}") from error


def _put_files(folder: Path) -> None:
    """Swap the whole folder, so that no moment shows half of each."""
    place = Path(settings.MEDIA_ROOT)
    aside = place.with_name(f"{place.name}.{os.getpid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    if place.exists():
        place.rename(aside)
    folder.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def _put_secret(secret: str) -> None:
    path = settings.DATA / SECRET
    path.touch(mode=0o600)
    path.write_text(secret)


DUMPS = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
LOADS = {"sqlite": _load_sqlite, "postgresql": _load_postgresql}
