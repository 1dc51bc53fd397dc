"""A freeze steers what is compiled, what the proof accepts, and what waits for the next one."""

import datetime
from decimal import Decimal

import pytest

from tests import factories
from tests.ledger.ground import APPROVED
from tests.releases.walking import ready
from tracker.documents.text import write_text
from tracker.ledger.models import Freeze
from tracker.ledger.natures import reconcile
from tracker.ledger.posting import post
from tracker.ledger.standing import outrank, suspend_entries, void
from tracker.ledger.totals import totals
from tracker.releases import issuing
from tracker.releases.alarm.correcting import begin_correction
from tracker.releases.alarm.finding import look
from tracker.releases.models import Status
from tracker.releases.proof import ground_of, stops_issuing
from tracker.releases.quoting import outdated
from tracker.releases.recording import document_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def freeze(approved, wang):
    """The day after all of it was approved."""
    return Freeze.objects.create(
        region=approved.region, span=approved.year, moment=APPROVED + DAY, by=wang
    )


@pytest.fixture
def corrected(approved, freeze, wang):
    """3221 is corrected to 3333 two days after the freeze."""
    later = approved.ground.posting(
        approved.people.indicator, "2020", 3333, entered_unit="名", as_of_text="2020年底"
    )
    [entry] = post([later], approved_by=wang, at=freeze.moment + 2 * DAY)
    return entry


def text_of(release) -> str:
    return write_text(document_of(issuing.latest(release)))


def test_what_is_compiled_after_a_freeze_uses_the_frozen_figures_and_says_what_waits(
    approved, corrected
):
    made = approved.compile("简报")
    words = text_of(made)
    assert "3221" in words
    assert "3333" not in words
    remarks = issuing.latest(made).remarks
    assert remarks[0] == "数据冻结于2021年4月3日17:00，本稿使用冻结时的数据。"
    assert "冻结后有变动，等下一次冻结：“农民工”（市总工会）冻结时3221名，现为3333名。" in remarks
    assert issuing.latest(made).snapshot["as_of"] == "2021-04-03T09:00:00+00:00"


def test_without_a_freeze_the_same_correction_is_compiled(approved, wang):
    """The control."""
    later = approved.ground.posting(approved.trained, "2020", 3333, entered_unit="名")
    post([later], approved_by=wang, at=APPROVED + 3 * DAY)
    made = approved.compile("简报")
    assert "3333" in text_of(made)
    assert not [one for one in issuing.latest(made).remarks if "冻结" in one]


def test_a_frozen_draft_stands_though_its_figure_was_corrected_since(approved, corrected):
    made = approved.compile("简报")
    last = issuing.latest(made)
    assert outdated(last) == []
    assert look() == []
    assert not [one for one in stops_issuing(last) if "3221" in one]


def test_the_proof_of_a_frozen_draft_refuses_the_later_figure(approved, corrected):
    ground = ground_of(approved.region, approved.year, (), corrected.approved_at - DAY)
    gone = [(one.value, one.standing) for one in ground.gone]
    assert gone == [(Decimal(3333), "冻结后才核定、等下一次冻结")]
    assert {one.value for one in ground.sources if one.indicator == corrected.indicator_id} == {
        Decimal(3221)
    }


def test_the_next_freeze_brings_the_correction_in(approved, corrected, freeze, wang):
    made = approved.compile("简报")
    Freeze.objects.create(
        region=approved.region, span=approved.year, moment=freeze.moment + 3 * DAY, by=wang
    )
    assert outdated(issuing.latest(made)) == ["“农民工”（市总工会，2020）"]
    assert "3333" in text_of(approved.compile("简报"))


def test_what_is_reopened_after_a_freeze_still_holds(approved, freeze, wang):
    suspend_entries("figure", [approved.people.origin_id], by=wang, reason="重新打开")
    assert "3221" in text_of(approved.compile("简报"))


@pytest.mark.parametrize("strike", [void, outrank])
def test_what_is_struck_after_a_freeze_is_struck(approved, freeze, wang, strike):
    strike(approved.people, by=wang, reason="误报")
    made = approved.compile("简报")
    assert "3221" not in text_of(made)


def test_a_correction_of_what_went_out_says_what_stands_now(
    approved, corrected, city_with_people, zheng, wu
):
    draft = ready(approved.compile("简报"), city_with_people.people)
    issued = issuing.issue(draft, by=zheng, version=draft.version)
    assert issued.status == Status.ISSUED
    assert outdated(issuing.latest(issued)) == ["“农民工”（市总工会，2020）"]
    assert "3333" in text_of(begin_correction(issued, by=wu))


def test_totals_of_a_freeze_leave_out_who_was_approved_later(ground, li, wang, city):
    flow = factories.indicator(li, "走访户数", unit_name="户", level="county")
    ground.say_at("370102", flow, "2020", 10)
    later = ground.posting(
        flow, "2020", 5, agency=ground.county_union("370103"), region=ground.region("370103")
    )
    post([later], approved_by=wang, at=APPROVED + 2 * DAY)
    found = totals([flow], [city], ["2020"], at=APPROVED + DAY)
    assert found[flow.pk, city.pk, "2020"].value == 10


@pytest.fixture
def settled(approved, wang):
    """The annual final beside the decided figure, and why they differ."""
    final = approved.ground.say(
        approved.people.indicator, "2020", 3300, entered_unit="名", nature="final"
    )
    reconcile(approved.people, final, "年末补入", by=wang)
    return final


def test_a_yearbook_uses_the_annual_final_and_says_what_it_lacks_one_for(approved, settled):
    made = approved.compile("年鉴条目")
    words = text_of(made)
    assert "3300" in words
    assert "3221" not in words
    remarks = issuing.latest(made).remarks
    assert "“农民工”年报定案为3300名，此前核定为3221名，原因：年末补入。" in remarks
    assert "1项没有年报定案数，正文用的是核定数：经济损失。" in remarks


def test_sums_for_a_yearbook_take_the_finals_of_the_counties(ground, li, city):
    flow = factories.indicator(li, "走访户数", unit_name="户", level="county")
    ground.say_at("370102", flow, "2020", 10)
    ground.say_at("370102", flow, "2020", 12, nature="final")
    ground.say_at("370103", flow, "2020", 5)
    key = flow.pk, city.pk, "2020"
    assert totals([flow], [city], ["2020"])[key].value == 15
    assert totals([flow], [city], ["2020"], finals=True)[key].value == 17


def test_a_quick_figure_in_a_document_is_named(approved, ground, li, training):
    quick = factories.indicator(li, "走访户数", unit_name="户", programme_=training)
    ground.say(quick, "2020", 77, nature="quick")
    remarks = issuing.latest(approved.compile("简报")).remarks
    assert "以下为快报数，尚未核定：走访户数。" in remarks
