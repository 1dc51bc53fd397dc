"""`manage.py demo`: a whole city, once, and never into a real one."""

from accounts.models import Role
from tests.platform.installation import sqlite_content
from tracker.submissions.models import Status


def test_it_holds_a_person_for_every_role(demonstration):
    held = {role for (role,) in demonstration.rows("SELECT role FROM accounts_rolegrant")}
    assert held == set(Role.values)


def test_its_running_month_has_a_submission_in_every_state(demonstration):
    found = {one for (one,) in demonstration.rows("SELECT status FROM tracker_submission")}
    assert found == set(Status.values)


def test_its_counties_have_a_year_behind_them(demonstration):
    months = demonstration.rows(
        "SELECT region_id, COUNT(DISTINCT span_id) FROM tracker_entry WHERE origin = 'import' GROUP BY region_id"
    )
    assert [count for _, count in months] == [13] * 8


def test_no_entry_has_one_person_for_both_ends(demonstration):
    assert (
        demonstration.rows("SELECT COUNT(*) FROM tracker_entry WHERE reporter_id = approver_id")
        == [(0,)]
    )  # fmt: skip


def test_its_audit_chain_is_whole(demonstration):
    assert "没有" not in demonstration.manage("audit", "verify")


def test_a_second_run_changes_nothing(own_demonstration):
    before = sqlite_content(own_demonstration)
    own_demonstration.manage("demo")
    assert sqlite_content(own_demonstration) == before


def test_a_database_with_real_people_is_refused_and_left_alone(installation):
    installation.manage("init", "--region", "370100", "--lead", "济南市工作成果发布办公室")
    before = sqlite_content(installation)
    told = installation.manage("demo", code=1)
    assert "数据库里已有真实数据，不能建演示城市" in told
    assert sqlite_content(installation) == before
