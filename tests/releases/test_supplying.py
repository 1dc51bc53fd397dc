"""A figure that the ledger lacks is asked of an agency, which is told that and no more; an entry answers it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.ledger.ground import APPROVED
from tests.releases.test_waivers import draft, stop  # noqa: F401 - fixtures
from tracker.notices.models import Notice
from tracker.releases.drafting.bench import bench_of
from tracker.releases.drafting.checking import check
from tracker.releases.drafting.page import page_of
from tracker.releases.drafting.settling import told_all
from tracker.releases.issuing import latest
from tracker.releases.models import FigureRequest
from tracker.releases.recording import document_of
from tracker.releases.supplying import (
    ask_figure,
    filed_since,
    forms_for,
    reply,
    settle_filed,
    withdraw_request,
)

State = FigureRequest.State


@pytest.fixture
def asked(draft, stop, union, wu):  # noqa: F811
    return ask_figure(latest(draft), stop.digest, union, by=wu, wanted=stop.wanted)


def before_it_was_approved():
    """As if it had been asked for an hour before the union's figures were approved."""
    FigureRequest.objects.update(asked_at=APPROVED - timedelta(hours=1))
    return FigureRequest.objects.get()


def ways(release):
    """The finding that stops the release, as the editor's page is told."""
    bench = bench_of(latest(release))
    page, remarks = check(bench, page_of(document_of(latest(release))))
    [found] = [one for one in told_all(bench, page, remarks) if one["blocks"]]
    return found


def test_the_reporters_and_signers_of_the_agency_hear_neither_title_nor_figure(asked, li, zhang):
    told = Notice.objects.filter(kind="figure-request")
    assert {row.recipient for row in told} == {li, zhang}
    for row in told:
        assert asked.raw not in row.title + row.text
        assert asked.release.title not in row.title + row.text
        assert row.link == asked.get_absolute_url()


def test_it_is_on_record_who_was_asked_by_whom(asked, wu):
    entry = AuditEntry.objects.get(act="figure_request.ask")
    assert entry.actor == wu
    assert (asked.raw, asked.wanted, asked.state) == ("9871人", "另有9871人到场参加", "asked")


def test_the_page_proposes_whom_to_ask_and_in_which_words(draft, union):  # noqa: F811
    found = ways(draft)
    assert (found["askable"], found["waivable"], found["asked"]) == (True, True, False)
    assert (found["agency"], found["wanted"]) == (union.pk, "另有9871人到场参加")


def test_the_finding_says_that_it_was_asked_for(draft, asked):  # noqa: F811
    found = ways(draft)
    assert (found["asked"], found["settling"]) == (True, ["已请市总工会补报"])


def test_one_agency_at_a_time_is_asked(draft, stop, asked, league, wang):  # noqa: F811
    with pytest.raises(Refused, match="已经请单位补报"):
        ask_figure(latest(draft), stop.digest, league, by=wang, wanted="人数")
    withdraw_request(asked, by=wang)
    again = ask_figure(latest(draft), stop.digest, league, by=wang, wanted="人数")
    assert ways(draft)["settling"] == ["已请团市委补报"]
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureRequest.objects.filter(pk=asked.pk).update(state="asked", closed_at=None)
    assert again.agency == league


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "zhao", "qian"])
def test_only_who_works_on_the_draft_asks(draft, stop, union, city_with_people, who):  # noqa: F811
    person = city_with_people.people[who]
    with pytest.raises(Refused, match="只有牵头单位"):
        ask_figure(latest(draft), stop.digest, union, by=person, wanted="人数")


def test_what_is_no_finding_is_not_asked_for(draft, union, wu):  # noqa: F811
    with pytest.raises(Refused, match="不需要补报"):
        ask_figure(latest(draft), "0" * 64, union, by=wu, wanted="人数")


def test_the_agency_answers_and_who_asked_hears_of_it(draft, asked, li, sun, wu):  # noqa: F811
    with pytest.raises(Refused, match="只有被请补报的单位"):
        reply(asked, "没有", by=sun)
    with pytest.raises(ValidationError):
        reply(asked, " ", by=li)
    done = reply(asked, "没有这项统计", by=li)
    assert (done.state, done.closed_by, done.reply) == ("replied", li, "没有这项统计")
    assert Notice.objects.get(kind="figure-answered").recipient == wu
    assert ways(draft)["settling"] == ["市总工会答复：没有这项统计"]
    with pytest.raises(Refused, match="已答复"):
        reply(asked, "另有", by=li)


def test_an_entry_approved_since_answers_it_and_who_asked_hears_once(asked, draft, wu):  # noqa: F811
    assert (filed_since(asked), settle_filed()) == (False, 0)
    before_it_was_approved()
    assert ways(draft)["settling"] == ["市总工会已补报，数据已核定"]
    assert [settle_filed(), settle_filed()] == [1, 0]
    done = FigureRequest.objects.get()
    assert (done.state, done.closed_by) == ("filed", None)
    assert [row.recipient for row in Notice.objects.filter(kind="figure-answered")] == [wu]


def test_only_an_entry_of_the_named_indicator_answers(asked, approved, li):
    other = factories.indicator(li, "登记失业人员", programme_=approved.programme)
    FigureRequest.objects.update(indicator=other)
    assert not filed_since(before_it_was_approved())
    FigureRequest.objects.update(indicator=approved.trained)
    assert filed_since(FigureRequest.objects.get())


def test_without_a_form_of_the_period_there_is_nowhere_to_file(asked):
    assert forms_for(asked) == []


def test_it_is_the_agencys_and_the_lead_offices(asked, city_with_people):
    people = city_with_people.people
    seen = {
        name: FigureRequest.objects.visible_to(person).exists() for name, person in people.items()
    }
    assert seen == {
        "li": True, "zhang": True, "wang": True, "wu": True, "zheng": True, "zhao": True,
        "sun": False, "qian": False, "zhou": False,
    }  # fmt: skip
