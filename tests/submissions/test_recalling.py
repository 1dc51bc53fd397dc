"""A task that was sent by mistake: taken back while nobody has handed anything in."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tracker.catalogue.cycles import create_ad_hoc_cycle
from tracker.catalogue.models import Cycle, Round
from tracker.notices.models import Notice
from tracker.submissions.drafting import Change
from tracker.submissions.models import Submission
from tracker.submissions.recalling import begun, recall
from tracker.submissions.reminding import open_submissions, remind
from tracker.submissions.services import save_figures, save_narrative, submit, withdraw
from tracker.workflow import Stale


def asked(city, union, wang, name="急报数据") -> Round:
    made = create_ad_hoc_cycle(
        name=name, region=city, lines=[union.line], due="明天17:00", span_key="2026", by=wang
    )
    open_submissions(made)
    return made


@pytest.fixture
def trained(li):
    return factories.indicator(li, "培训农民工", unit_name="人次")


@pytest.fixture
def task(city, union, wang, trained) -> Round:
    return asked(city, union, wang)


@pytest.fixture
def row(task, union) -> Submission:
    return task.submissions.get(agency=union)


def test_nobody_owes_it_any_more_and_its_name_is_free(task, row, city, union, wang, li):
    assert recall(task, by=wang, reason="发错了") == 0
    task.refresh_from_db()
    cycle = task.cycle
    assert (task.state, cycle.name, cycle.active) == ("withdrawn", "急报数据（已撤回）", False)
    row.refresh_from_db()
    assert row.version == 2
    with pytest.raises(Refused, match="任务已撤回"):
        submit(row, by=li, version=row.version)
    with pytest.raises(Refused, match="不用再报"):
        remind([row], by=wang)
    again = asked(city, union, wang)
    recall(again, by=wang, reason="又发错了")
    names = sorted(Cycle.objects.values_list("name", flat=True))
    assert names == ["急报数据（已撤回）", f"急报数据（已撤回）{again.cycle_id}"]


def test_those_who_were_asked_are_told_with_the_reason_and_it_is_written_down(task, row, wang, li):
    recall(task, by=wang, reason="发错了")
    told = Notice.objects.filter(recipient=li, kind="recalled").get()
    assert told.title == "急报数据（2026年）已撤回"
    assert told.text == "王撤回了“急报数据（2026年）”，市总工会不用再报。原因：发错了"
    assert not Notice.objects.filter(recipient=li, kind="opened", read_at=None).exists()
    entry = AuditEntry.objects.get(act="round.recall")
    assert (entry.actor, entry.data["name"], entry.data["reason"], entry.data["begun"]) == (
        wang, "急报数据", "发错了", 0,
    )  # fmt: skip


def test_what_somebody_has_begun_stays_to_be_read_and_is_counted(
    task, row, trained, city, wang, li, sign_in
):
    save_figures(row, [Change(trained.pk, city.pk, "1302")], by=li)
    assert list(begun(task)) == [row]
    page = sign_in(wang).get(reverse("round", args=[task.pk])).content.decode()
    assert "已有 1 个单位开始填写" in page
    assert recall(task, by=wang, reason="发错了") == 1
    page = sign_in(li).get(row.get_absolute_url()).content.decode()
    assert ("1302" in page, 'name="act" value="save"' in page) == (True, False)
    with pytest.raises(Refused, match="已填的内容仍可查看"):
        save_figures(row, [Change(trained.pk, city.pk, "1", seen=1)], by=li)
    assert row.figures.get().value == 1302


@pytest.mark.parametrize("how", ["a figure taken out again", "a text"])
def test_what_counts_as_begun(task, row, trained, city, li, how):
    if how == "a text":
        save_narrative(row, trained.programme, "practice", "开办夜校。", by=li)
    else:
        save_figures(row, [Change(trained.pk, city.pk, "1")], by=li)
        save_figures(row, [Change(trained.pk, city.pk, "", seen=1)], by=li)
    assert begun(task).count() == (1 if how == "a text" else 0)


def test_it_is_refused_once_somebody_has_handed_it_in(task, row, trained, city, wang, li, zhang):
    save_figures(row, [Change(trained.pk, city.pk, "1")], by=li)
    row.refresh_from_db()
    sent = submit(row, by=li, version=row.version)
    with pytest.raises(Refused, match="已有1个单位提交，不能撤回任务"):
        recall(task, by=wang, reason="发错了")
    withdraw(sent, by=li, version=sent.version)
    assert recall(task, by=wang, reason="发错了") == 1


def test_only_the_lead_office_and_only_what_is_asked_for_once(task, union, wang, li, wu):
    for somebody in (li, wu):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            recall(task, by=somebody, reason="发错了")
    monthly = factories.open_round(factories.cycle(union, name="月报"), factories.month(2026, 6))
    with pytest.raises(Refused, match="只有临时任务可以撤回"):
        recall(monthly, by=wang, reason="发错了")
    recall(task, by=wang, reason="发错了")
    with pytest.raises(Refused, match="任务已经撤回"):
        recall(task, by=wang, reason="发错了")


def test_who_was_about_to_hand_it_in_saw_another_version(task, row, trained, city, wang, li):
    save_figures(row, [Change(trained.pk, city.pk, "1")], by=li)
    row = Submission.objects.select_related("round__cycle", "agency__region").get(pk=row.pk)
    assert row.round.state == "open"
    recall(task, by=wang, reason="发错了")
    with pytest.raises(Stale):
        submit(row, by=li, version=row.version)


def test_a_person_takes_it_back_on_the_page(task, row, wang, li, sign_in):
    address = reverse("round-recall", args=[task.pk])
    assert sign_in(li).post(address, {"reason": "发错了"}).status_code == 404
    browser = sign_in(wang)
    assert browser.post(address, {"reason": ""}).status_code == 422
    page = browser.post(address, {"reason": "发错了"}, follow=True).content.decode()
    assert "任务已撤回，已通知各单位。" in page
    assert ("已撤回" in page, address in page) == (True, False)
    desk = sign_in(li).get(reverse("submission-desk")).context
    assert (desk["owed"], list(desk["missed"])) == ([], [])
    board = sign_in(wang).get(reverse("completeness")).content.decode()
    assert "急报数据" not in board
