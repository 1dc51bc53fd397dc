"""What nobody has entered stops a text; what is only known at issuing does not, and is gone afterwards."""

import pytest
from django.utils import timezone

from accounts.rules import Refused
from tests.releases.walking import filled, ready
from tracker.language.dates import say_date
from tracker.releases.chain.state import state_of
from tracker.releases.drafting.bench import bench_of
from tracker.releases.drafting.checking import check, told, told_source
from tracker.releases.drafting.page import page_of
from tracker.releases.issuing import Order, issue, latest
from tracker.releases.openslots import settled_at_issue, slots_in
from tracker.releases.recording import document_of
from tracker.releases.rules import may_issue


@pytest.fixture
def people(city_with_people):
    return city_with_people.people


@pytest.fixture
def news(approved, people):
    """A release to the press of which nobody has said the day."""
    return approved.compile("通稿", by=people["wang"])


def test_a_slot_says_what_is_open_and_behind_which_words(news):
    [slot] = slots_in(document_of(latest(news)))
    assert slot.words == "【待补：发布日期】"
    assert slot.say() == "“【待补：发布日期】”（“市扶贫办　”之后）" or slot.near in slot.say()


def test_an_open_slot_stops_the_issue_and_is_named(news, zheng):
    verdict = may_issue(zheng, news)
    assert not verdict
    assert "文稿里还有1处待补：“【待补：发布日期】”" in verdict.reason
    with pytest.raises(Refused, match="发布日期"):
        issue(news, by=zheng, version=news.version)


def test_a_filled_slot_stops_nothing_and_its_remark_goes(news, people, wu, zheng):
    assert "待补：发布日期。" in latest(news).remarks
    done = filled(news, wu, "二〇二一年四月")
    assert "待补：发布日期。" not in latest(done).remarks
    assert "待补：联系人，供媒体核实数据。" in latest(done).remarks
    done = ready(done, people)
    assert may_issue(zheng, done)


def test_the_proof_of_the_editor_points_at_the_slot(news):
    version = latest(news)
    page = page_of(document_of(version))
    _, remarks = check(bench_of(version), page)
    [found] = [told(one) for one in remarks if told(one).get("rule") == "SLOT"]
    assert page[found["line"]].text[found["start"] : found["end"]] == "【待补：发布日期】"
    assert (found["label"], found["blocks"]) == ("待补", True)
    assert found["message"] == "这里还没有填写，补齐或删去后才能签发。"


def test_a_figure_of_a_text_is_offered_by_its_words_from_pause_to_pause(approved, people):
    bench = bench_of(latest(approved.compile("简报")))
    [source] = [one for one in bench.ground.sources if one.passage_figure]
    assert told_source(source) == {
        "key": source.key,
        "name": "提升素质行动的文字“大桥村投入……”",
        "value": "400000",
        "unit": "元",
        "span": "2020年",
        "citable": True,
    }


def test_number_and_day_come_by_themselves_and_nothing_is_open_afterwards(approved, people, zheng):
    draft = ready(approved.compile("简报", by=people["wu"]), people)
    before = latest(draft)
    assert {"待补：期号，印发时编定。", "待补：日期。"} <= set(before.remarks)
    done = issue(draft, by=zheng, version=draft.version)
    meta = document_of(latest(done)).meta
    assert (meta["issue"], meta["date"]) == ("第1期", say_date(timezone.localdate()))
    assert latest(done).remarks == settled_at_issue(before.remarks)


def test_to_whom_it_goes_has_to_be_said_by_then(approved, people, zheng):
    draft = ready(approved.compile("简报", settings={}), people)
    with pytest.raises(Refused, match="报、送、发"):
        issue(draft, by=zheng, version=draft.version)
    done = issue(draft, by=zheng, version=draft.version, order=Order(send_to="市直各部门"))
    assert document_of(latest(done)).lines("foot") == ("送：市直各部门。",)


def test_a_paper_for_one_reader_keeps_saying_so(approved, people, zheng):
    draft = ready(approved.compile("专报", settings={}), people)
    order = Order(report_to="市政府分管领导", send_to="市委办公厅")
    done = issue(draft, by=zheng, version=draft.version, order=order)
    assert document_of(latest(done)).lines("foot") == (
        "呈报：市政府分管领导。",
        "送：市委办公厅。",
    )


def test_after_issuing_the_drafter_is_still_who_drafted(approved, people, wu, zheng):
    draft = ready(approved.compile("简报", by=wu), people)
    done = issue(draft, by=zheng, version=draft.version)
    assert latest(done).by == zheng
    state = state_of(done)
    assert (state.drafter, state.version) == (wu, done.versions.get(number=1))
    assert all(stage.done for stage in state.stages)
