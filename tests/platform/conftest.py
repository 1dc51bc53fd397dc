import shutil

import pytest

from tests.platform.installation import Installation

PEOPLE = """
from accounts.models import User
from tracker import jobs
for number in range(40):
    user = User.objects.create_user(f"user{number}", None, name=f"人{number}")
    jobs.enqueue("ping", key=f"backup-{number}", payload={"user": user.pk})
"""


@pytest.fixture(scope="session")
def filled(migrated, tmp_path_factory):
    """The folder of one with people, jobs and two evidence files, and its archive beside it."""
    place = tmp_path_factory.mktemp("filled")
    shutil.copytree(migrated, place / "var")
    installation = Installation(place / "var")
    installation.run(PEOPLE)
    folder = installation.folder / "files" / "evidence"
    folder.mkdir(parents=True)
    (folder / "扫描件.pdf").write_bytes(bytes(range(256)) * 400)
    (folder / "empty.txt").touch()
    installation.manage("backup", str(place / "shiji.tar.gz"))
    return place


@pytest.fixture
def peopled(filled, tmp_path):
    shutil.copytree(filled / "var", tmp_path / "var")
    return Installation(tmp_path / "var")


@pytest.fixture
def archive(filled, tmp_path):
    return shutil.copy2(filled / "shiji.tar.gz", tmp_path / "shiji.tar.gz")
