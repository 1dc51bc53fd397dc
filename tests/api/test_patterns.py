"""A city's own patterns for programs: read, and proposed; the character of a fault is told."""

import pytest
from django.urls import reverse

from tests import factories
from tests.cast import employ
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.subjects import subject_of

LIST = reverse("api-pattern-list")


@pytest.fixture
def trained(li):
    return factories.indicator(li, "农民工", verb="培训", code="GH01")


@pytest.fixture
def wei(city_with_people, lead_office):
    return employ(city_with_people, "wei", "魏", lead_office, "科长", "reviewer")


@pytest.fixture
def proposed(trained, city, wang):
    return verbs.propose(city, subject_of(trained.programme), "共培训{农民工}。", by=wang)


def test_a_version_is_read_with_its_state_and_people(program, proposed, wang, wei):
    address = reverse("api-pattern-detail", args=[proposed.pk])
    told = program(wei).get(address).json()
    assert (told["source"], told["state"], told["by"]) == ("共培训{农民工}。", "waiting", "王")
    assert (told["decided_by"], told["decided_at"], told["answer"]) == (None, None, None)
    verbs.approve(proposed, by=wei, answer="可以")
    told = program(wang).get(address).json()
    assert (told["state"], told["decided_by"], told["answer"]) == ("approved", "魏", "可以")


def test_only_what_holds_is_listed_on_demand(program, proposed, trained, city, wang, wei):
    verbs.approve(proposed, by=wei)
    second = verbs.propose(city, subject_of(trained.programme), "培训{农民工}。", by=wang)
    assert len(program(wang).get(LIST).json()["results"]) == 2
    assert [one["id"] for one in program(wang).get(f"{LIST}?standing=true").json()["results"]] == [
        proposed.pk
    ]
    verbs.approve(second, by=wei)
    assert [one["id"] for one in program(wang).get(f"{LIST}?standing=true").json()["results"]] == [
        second.pk
    ]


@pytest.mark.parametrize("who", ["li", "sun", "qian"])
def test_others_read_none(program, proposed, who, request):
    assert program(request.getfixturevalue(who)).get(LIST).json()["results"] == []


def test_a_program_proposes_and_a_person_approves(program, trained, wang):
    body = {"indicator": "GH01", "source": "培训工人{数}", "note": "批量"}
    answer = program(wang, may_act=True).post(LIST, body, format="json")
    assert answer.status_code == 200
    made = PatternVersion.objects.get()
    assert (made.indicator, made.source, made.decided) == (trained, "培训工人{数}", None)
    assert answer.json()["id"] == made.pk


def test_a_fault_is_told_with_its_character(program, trained, wang):
    body = {"programme": trained.programme_id, "source": "共培训近{农民工}。"}
    answer = program(wang, may_act=True).post(LIST, body, format="json")
    assert (answer.status_code, answer.json()["position"]) == (422, 4)
    assert answer.json()["detail"].startswith("第5个字符：")
    assert PatternVersion.objects.count() == 0


@pytest.mark.parametrize("about", [{}, {"programme": 1, "indicator": "GH01"}])
def test_it_is_about_one_thing(program, trained, wang, about):
    answer = program(wang, may_act=True).post(LIST, {"source": "共{数}", **about}, format="json")
    assert answer.status_code == 400


def test_a_token_that_reads_proposes_nothing(program, trained, wang):
    body = {"indicator": "GH01", "source": "培训工人{数}"}
    assert program(wang).post(LIST, body, format="json").status_code == 403


def test_what_is_not_there_is_not_found(program, trained, wang):
    body = {"indicator": "X", "source": "培训工人{数}"}
    assert program(wang, may_act=True).post(LIST, body, format="json").status_code == 404


def test_an_agency_is_refused(program, trained, li):
    body = {"indicator": "GH01", "source": "培训工人{数}"}
    assert program(li, may_act=True).post(LIST, body, format="json").status_code == 409
