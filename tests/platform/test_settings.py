"""One variable means production, and what is dangerous is refused there."""

import os
import stat
import subprocess
import sys

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Region
from tests.platform.installation import ROOT
from tracker.catalogue.models import City
from tracker.checks import no_demo_accounts, refuse_demo

SOUND = {
    "SHIJI_PRODUCTION": "1",
    "SHIJI_SECRET": "k7Jm2Qx9Rb4Vt8Wz3Np6Ld1Hs5Gf0Cy7Ae2Ui9Oq4Tr8Xk3Mb6",
    "SHIJI_HOSTS": "shiji.example",
    "SHIJI_BROKER": "redis://127.0.0.1:6379/0",
    "SHIJI_DATABASE": "postgres://shiji@127.0.0.1/shiji",
}


def settings_with(tmp_path, script="", **environment):
    """The process that reads the settings under this environment alone, and runs `script`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHIJI_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"from tracker import settings; {script}"],
        env=kept | {"SHIJI_DATA": str(tmp_path / "var")} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_a_sound_production_is_accepted(tmp_path):
    done = settings_with(tmp_path, **SOUND)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SHIJI_DEBUG": "1"}, "SHIJI_DEBUG"),
        ({"SHIJI_SECRET": ""}, "SHIJI_SECRET"),
        ({"SHIJI_SECRET": "short"}, "SHIJI_SECRET"),
        ({"SHIJI_SECRET": "django-insecure-" + "x" * 50}, "SHIJI_SECRET"),
        ({"SHIJI_HOSTS": ""}, "SHIJI_HOSTS"),
        ({"SHIJI_BROKER": "memory://"}, "SHIJI_BROKER"),
    ],
)
def test_production_refuses(tmp_path, change, words):
    done = settings_with(tmp_path, **SOUND | change)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert words in done.stderr.splitlines()[-1]


def test_production_without_a_broker_is_refused(tmp_path):
    done = settings_with(
        tmp_path, **{name: value for name, value in SOUND.items() if name != "SHIJI_BROKER"}
    )
    assert "SHIJI_BROKER" in done.stderr.splitlines()[-1]


def test_production_makes_up_no_secret(tmp_path):
    settings_with(tmp_path, **SOUND | {"SHIJI_SECRET": ""})
    assert not (tmp_path / "var" / "secret").exists()


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    script = "print(settings.SECRET_KEY)"
    first = settings_with(tmp_path, script).stdout
    assert settings_with(tmp_path, script).stdout == first
    assert len(first.strip()) > 50
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700


def test_processes_that_start_together_agree_on_the_secret(tmp_path):
    script = "import sys; from tracker import settings; sys.stdout.write(settings.SECRET_KEY)"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHIJI_")}
    together = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env=kept | {"SHIJI_DATA": str(tmp_path / "var")},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in together}) == 1
    assert sorted(path.name for path in (tmp_path / "var").glob("secret*")) == ["secret"]


def test_the_embedded_database_is_safe_for_several_processes(tmp_path):
    script = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tracker.settings'; "
        "import django; django.setup(); from django.db import connection; "
        "cursor = connection.cursor(); "
        "print([cursor.execute(f'PRAGMA {name}').fetchone()[0] for name in "
        "('journal_mode', 'foreign_keys', 'busy_timeout', 'synchronous')], "
        "connection.transaction_mode)"
    )
    assert settings_with(tmp_path, script).stdout == "['wal', 1, 20000, 2] IMMEDIATE\n"


@pytest.fixture
def demo(db):
    region = Region.objects.create(code="370100", name="济南市", level="city")
    return City.objects.create(region=region, is_demo=True)


def test_production_refuses_the_demonstration(demo, settings):
    settings.PRODUCTION = True
    assert [error.id for error in no_demo_accounts(None, ["default"])] == ["tracker.E001"]
    with pytest.raises(ImproperlyConfigured, match="演示"):
        refuse_demo()


def test_a_real_city_is_welcome_in_production(demo, settings):
    settings.PRODUCTION = True
    City.objects.update(is_demo=False)
    assert no_demo_accounts(None, ["default"]) == []
    refuse_demo()


def test_the_demonstration_may_run_where_nothing_is_real(demo):
    assert no_demo_accounts(None, ["default"]) == []


@pytest.mark.django_db
def test_the_check_is_part_of_what_migrate_runs(settings):
    assert no_demo_accounts in checks.registry.registry.get_checks()
