"""An installation of its own in a folder, driven by its commands as an operator would."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """Commands run in `folder`; `environment` says what differs from the embedded default."""

    def __init__(self, folder: Path, **environment: str):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHIJI_")}
        self.environment = kept | {"SHIJI_DATA": str(folder)} | environment

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    def manage(self, *arguments: str, code: int = 0, patience: int = 600, **options) -> str:
        """What the command says; its exit code must be `code`, and come within `patience` seconds."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=patience,
            **options,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, script: str, **options) -> str:
        return self.manage("shell", "--no-imports", "-c", script, **options).strip()

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    @property
    def database(self) -> Path:
        return self.folder / "shiji.sqlite3"

    def rows(self, query: str) -> list[tuple]:
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as database:
            return database.execute(query).fetchall()


def content_of(rows_of, tables: list[str]) -> dict[str, tuple[int, str]]:
    """Table -> number of rows and a hash of all that they hold, whatever their order."""
    content = {}
    for table in tables:
        rows = sorted(repr(row) for row in rows_of(f'SELECT * FROM "{table}"'))
        content[table] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return content


def sqlite_content(installation: Installation) -> dict[str, tuple[int, str]]:
    tables = installation.rows("SELECT name FROM sqlite_master WHERE type='table'")
    names = sorted(name for (name,) in tables if not name.startswith("sqlite_"))
    return content_of(installation.rows, names)


@contextlib.contextmanager
def postgresql_database(server: str, template: str = "template0"):
    """The address of a new database, a copy of `template`, on the server of the address `server`."""
    name = f"shiji_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def postgresql_content(address: str) -> dict[str, tuple[int, str]]:
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = sorted(name for (name,) in tables)
        return content_of(lambda query: connection.execute(query).fetchall(), names)
