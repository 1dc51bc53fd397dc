"""Backup and restore: what comes back is what was there, and nothing else is accepted."""

import os
import shutil
import stat
import tarfile
import time

import pytest

from tests.platform.installation import (
    Installation,
    postgresql_content,
    postgresql_database,
    sqlite_content,
)


def files_of(installation):
    root = installation.folder / "files"
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def repacked(archive, target, change):
    """A copy of the archive after `change` was made to its unpacked folder."""
    folder = target.with_suffix(".folder")
    with tarfile.open(archive) as tar:
        for member in tar:
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tar.extractfile(member).read())
    change(folder)
    with tarfile.open(target, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(folder))
    return target


def test_an_empty_machine_gets_every_row_and_file_and_the_secret_back(peopled, archive, tmp_path):
    fresh = Installation(tmp_path / "fresh")
    said = fresh.manage("restore", str(archive))
    assert sqlite_content(fresh) == sqlite_content(peopled)
    assert files_of(fresh) == files_of(peopled)
    assert (fresh.folder / "secret").read_text() == (peopled.folder / "secret").read_text()
    assert stat.S_IMODE((fresh.folder / "secret").stat().st_mode) == 0o600
    assert "2 个文件" in said


def test_the_comparison_would_see_one_changed_cell(peopled, archive, tmp_path):
    fresh = Installation(tmp_path / "fresh")
    fresh.manage("restore", str(archive))
    fresh.run("from accounts.models import User; User.objects.filter(pk=3).update(name='别人')")
    before, after = sqlite_content(peopled), sqlite_content(fresh)
    assert [table for table in before if before[table] != after[table]] == ["accounts_user"]


def test_the_archive_is_for_its_owner_alone(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_the_triggers_come_back(peopled, archive, tmp_path):
    fresh = Installation(tmp_path / "fresh")
    fresh.manage("restore", str(archive))
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    assert fresh.rows(triggers) == peopled.rows(triggers)
    assert fresh.rows(triggers) != []


def test_a_database_with_people_is_not_overwritten_by_accident(peopled, archive):
    peopled.run("from accounts.models import User; User.objects.filter(pk=1).update(name='新')")
    said = peopled.manage("restore", str(archive), code=1)
    assert "--replace" in said
    assert peopled.rows("SELECT name FROM accounts_user WHERE id = 1") == [("新",)]
    peopled.manage("restore", str(archive), "--replace")
    assert peopled.rows("SELECT name FROM accounts_user WHERE id = 1") == [("人0",)]


def test_files_added_since_are_gone_after_a_restore(peopled, archive):
    (peopled.folder / "files" / "later.txt").write_text("later")
    peopled.manage("restore", str(archive), "--replace")
    assert sorted(files_of(peopled)) == ["evidence/empty.txt", "evidence/扫描件.pdf"]
    assert [path.name for path in peopled.folder.glob("files.*")] == []


def _change_a_byte(folder):
    path = folder / "files" / "evidence" / "扫描件.pdf"
    path.write_bytes(b"x" + path.read_bytes()[1:])


def _remove_a_file(folder):
    (folder / "files" / "evidence" / "empty.txt").unlink()


def _add_a_file(folder):
    (folder / "files" / "more.txt").write_text("more")


@pytest.mark.parametrize("change", [_change_a_byte, _remove_a_file, _add_a_file])
def test_a_changed_archive_changes_nothing(peopled, archive, tmp_path, change):
    before = sqlite_content(peopled), files_of(peopled)
    changed = repacked(archive, tmp_path / "changed.tar.gz", change)
    assert "与清单不符" in peopled.manage("restore", str(changed), "--replace", code=1)
    assert (sqlite_content(peopled), files_of(peopled)) == before


def test_an_unchanged_archive_packed_again_is_accepted(peopled, archive, tmp_path):
    same = repacked(archive, tmp_path / "same.tar.gz", lambda folder: None)
    peopled.manage("restore", str(same), "--replace")


def test_a_cut_archive_is_no_backup(peopled, archive, tmp_path):
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[:-2000])
    assert "不是完整的备份" in peopled.manage("restore", str(cut), "--replace", code=1)
    cut.write_text("这不是备份")
    assert "不是完整的备份" in peopled.manage("restore", str(cut), "--replace", code=1)


def test_a_path_that_leads_outside_is_refused(peopled, tmp_path):
    evil = tmp_path / "evil.tar.gz"
    (tmp_path / "payload").write_text("payload")
    with tarfile.open(evil, "w:gz") as tar:
        tar.add(tmp_path / "payload", "../../planted")
    assert "不该出现的文件" in peopled.manage("restore", str(evil), "--replace", code=1)
    assert not (peopled.folder.parent / "planted").exists()


def test_a_backup_into_a_missing_folder_says_so(installation, tmp_path):
    said = installation.manage("backup", str(tmp_path / "none" / "a.tar.gz"), code=1)
    assert "不存在" in said


def test_a_failed_backup_leaves_the_last_one_alone(peopled, archive, tmp_path):
    before = archive.read_bytes()
    # A file that cannot be read stops it; root reads everything, so a folder of that name does.
    shutil.rmtree(peopled.folder / "files" / "evidence")
    (peopled.folder / "shiji.sqlite3").write_bytes(b"not a database")
    for name in ("shiji.sqlite3-wal", "shiji.sqlite3-shm"):
        (peopled.folder / name).unlink(missing_ok=True)
    peopled.manage("backup", str(archive), code=1)
    assert archive.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".shiji*")] == []


def test_a_backup_while_others_write_is_consistent(installation, tmp_path):
    """Two rows are written in one transaction; no backup may hold one of them alone."""
    writing = installation.start(
        "shell",
        "--no-imports",
        "-c",
        "import time\n"
        "from django.db import transaction\n"
        "from tracker import jobs\n"
        "for n in range(100000):\n"
        "    with transaction.atomic():\n"
        "        jobs.enqueue('ping', key=f'a{n}'); jobs.enqueue('ping', key=f'b{n}')\n"
        "    time.sleep(0.001)\n",
    )
    try:
        until = time.monotonic() + 60
        while installation.rows("SELECT count(*) FROM tracker_job") == [(0,)]:
            assert time.monotonic() < until
            time.sleep(0.1)
        installation.manage("backup", str(tmp_path / "live.tar.gz"))
    finally:
        writing.kill()
        writing.communicate()
    fresh = Installation(tmp_path / "fresh")
    fresh.manage("restore", str(tmp_path / "live.tar.gz"))
    pairs = "SELECT count(*) FROM tracker_job WHERE key LIKE '{}%'"
    first, second = fresh.rows(pairs.format("a")), fresh.rows(pairs.format("b"))
    assert first == second
    assert first != [(0,)]


@pytest.mark.services
def test_postgresql_comes_back_row_by_row(tmp_path):
    server = os.environ["SHIJI_DATABASE"]
    with postgresql_database(server) as here, postgresql_database(server) as there:
        first = Installation(tmp_path / "first", SHIJI_DATABASE=here)
        first.manage("migrate", "--verbosity", "0")
        first.run(
            "from accounts.models import User\n"
            "for n in range(30): User.objects.create_user(f'u{n}', None, name='人')"
        )
        first.manage("backup", str(tmp_path / "pg.tar.gz"))
        second = Installation(tmp_path / "second", SHIJI_DATABASE=there)
        second.manage("restore", str(tmp_path / "pg.tar.gz"))
        assert postgresql_content(there) == postgresql_content(here)
        assert postgresql_content(there)["accounts_user"][0] == 30
        second.manage("restore", str(tmp_path / "pg.tar.gz"), "--replace")
        assert postgresql_content(there) == postgresql_content(here)


@pytest.mark.services
def test_an_archive_of_the_other_database_is_refused(archive, tmp_path):
    with postgresql_database(os.environ["SHIJI_DATABASE"]) as there:
        other = Installation(tmp_path / "other", SHIJI_DATABASE=there)
        assert "sqlite" in other.manage("restore", str(archive), code=1)
