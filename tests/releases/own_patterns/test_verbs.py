"""A pattern is proposed by one person and approved by another; what was once written stays."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.releases.own_patterns.conftest import SENTENCE
from tracker.notices.models import Notice
from tracker.releases.models import PatternDecision, PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.standing import patterns_of
from tracker.releases.own_patterns.subjects import subject_of
from tracker.releases.patterns import PatternError

OTHER = "{全域}共培训{农民工}。"


def propose(city, subject, by, source=SENTENCE, **fields):
    return verbs.propose(city, subject, source, by=by, **fields)


@pytest.fixture
def proposed(city, subject, wang, wei):
    return propose(city, subject, wang, note="与年报一致")


@pytest.fixture
def approved_one(proposed, wei):
    return verbs.approve(proposed, by=wei)


def refusal(act, *args, **fields):
    with pytest.raises(Refused) as caught:
        act(*args, **fields)
    return caught.value.verdict.reason


def test_a_proposal_is_kept_and_holds_nothing_yet(city, subject, proposed, wang, trained):
    assert (proposed.number, proposed.by, proposed.note) == (1, wang, "与年报一致")
    assert proposed.slots["农民工"] == trained.pk
    assert verbs.standing_of(subject, city) is None
    assert patterns_of(city) == {}


def test_a_second_person_approves_and_it_holds(city, subject, approved_one, wei):
    assert verbs.standing_of(subject, city) == approved_one
    assert approved_one.decision.by == wei
    [own] = patterns_of(city).values()
    assert (own.id, own.number, own.source) == (approved_one.pk, 1, SENTENCE)


def test_an_editor_proposes_and_approves_too(city, subject, wang, wu):
    made = propose(city, subject, wu)
    verbs.approve(made, by=wang)
    again = propose(city, subject, wang, OTHER)
    assert verbs.approve(again, by=wu).decision.outcome == "approved"


def test_nobody_decides_their_own(proposed, wang):
    said = "不能审定本人拟订的句式，请由另一人审定。"
    assert refusal(verbs.approve, proposed, by=wang) == said
    assert refusal(verbs.reject, proposed, by=wang, answer="不妥") == said


@pytest.mark.parametrize("who", ["li", "zhang", "zheng", "zhao", "qian", "sun"])
def test_others_neither_propose_nor_decide(city, city_with_people, subject, proposed, who):
    person = city_with_people.people[who]
    assert refusal(propose, city, subject, person) == "只有牵头单位的主管和编辑可以拟订句式。"
    assert refusal(verbs.approve, proposed, by=person) == "只有牵头单位的主管和编辑可以审定句式。"
    assert refusal(verbs.withdraw, proposed, by=person) == "只有拟订人可以撤回。"


def test_a_rejection_says_why_and_changes_nothing(city, subject, proposed, wei):
    with pytest.raises(ValidationError, match="不同意请写明原因"):
        verbs.reject(proposed, by=wei, answer=" ")
    made = verbs.reject(proposed, by=wei, answer="缺时段")
    assert (made.decision.outcome, made.decision.answer) == ("rejected", "缺时段")
    assert verbs.standing_of(subject, city) is None


def test_what_is_decided_is_decided(proposed, wei, wu, wang):
    verbs.approve(proposed, by=wei)
    assert refusal(verbs.reject, proposed, by=wu, answer="晚了") == "这一版已启用。"
    assert refusal(verbs.withdraw, proposed, by=wang) == "这一版已启用。"


def test_one_proposal_at_a_time(city, subject, proposed, wu):
    assert refusal(propose, city, subject, wu, OTHER) == (
        "项目“提升素质行动”的第1版正在等待审定，审定或撤回后才能再提。"
    )


def test_a_withdrawn_proposal_makes_room(city, subject, proposed, wang, wu):
    verbs.withdraw(proposed, by=wang)
    assert propose(city, subject, wu, OTHER).number == 2


def test_the_newest_approved_one_holds(city, subject, approved_one, wang, wu):
    made = verbs.approve(propose(city, subject, wang, OTHER), by=wu)
    verbs.reject(propose(city, subject, wang), by=wu, answer="不用改回")
    assert verbs.standing_of(subject, city) == made
    assert [own.number for own in patterns_of(city).values()] == [2]


def test_an_earlier_one_comes_back_as_a_new_version(city, subject, approved_one, wang, wu):
    verbs.approve(propose(city, subject, wang, OTHER), by=wu)
    verbs.approve(propose(city, subject, wu, approved_one.source), by=wang)
    holds = verbs.standing_of(subject, city)
    assert (holds.number, holds.source) == (3, SENTENCE)


def test_an_empty_one_is_the_default_again(city, subject, approved_one, wang, wu):
    verbs.approve(propose(city, subject, wang, ""), by=wu)
    assert patterns_of(city) == {}
    assert patterns_of(city, [approved_one.pk]).keys() == {subject.key}


def test_what_holds_already_is_not_proposed(city, subject, approved_one, wang):
    assert refusal(propose, city, subject, wang) == "与现在使用的句式相同，不需要提交。"


def test_the_default_is_not_proposed_where_it_holds(city, subject, wang):
    assert refusal(propose, city, subject, wang, " ") == "与现在使用的句式相同，不需要提交。"


def test_who_has_not_seen_the_last_version_is_told(city, subject, approved_one, wang):
    assert refusal(propose, city, subject, wang, OTHER, seen=0) == (
        "项目“提升素质行动”的句式已有第1版，请看过后再提。"
    )
    assert propose(city, subject, wang, OTHER, seen=1).number == 2


def test_a_faulty_one_is_not_kept(city, subject, wang):
    with pytest.raises(PatternError):
        propose(city, subject, wang, "共培训近{农民工}。")
    assert PatternVersion.objects.count() == 0


def test_a_programme_and_its_indicator_are_apart(city, subject, proposed, trained, wang):
    made = propose(city, subject_of(trained), wang, "培训工人{数}")
    assert (made.number, made.indicator, made.programme) == (1, trained, None)


def test_each_act_is_in_the_audit(city, subject, proposed, wei, wang, wu):
    verbs.reject(proposed, by=wei, answer="缺时段")
    verbs.withdraw(propose(city, subject, wang, OTHER), by=wang)
    verbs.approve(propose(city, subject, wang, OTHER), by=wu)
    acts = AuditEntry.objects.filter(act__startswith="pattern.").order_by("seq")
    assert [row.act.removeprefix("pattern.") for row in acts] == [
        "propose", "rejected", "propose", "withdrawn", "propose", "approved",
    ]  # fmt: skip
    assert acts[0].data["source"] == SENTENCE


def test_the_others_are_asked_and_who_proposed_is_told(proposed, wang, wei, wu):
    asked = Notice.objects.filter(kind="pattern-asked")
    assert set(asked.values_list("recipient__username", flat=True)) == {"wei", "wu"}
    verbs.reject(proposed, by=wei, answer="缺时段")
    told = Notice.objects.get(kind="pattern-decided")
    assert (told.recipient, told.text) == (wang, "魏审定了您拟订的句式：未同意，意见：缺时段。")
    assert told.link == proposed.get_absolute_url()


# The database holds it without the verbs.


def refused(act, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


def test_the_database_lets_nobody_approve_their_own(proposed, wang, wei):
    def decide(outcome, by, answer=""):
        PatternDecision.objects.create(version=proposed, outcome=outcome, by=by, answer=answer)

    for outcome in ("approved", "rejected"):
        refused(lambda outcome=outcome: decide(outcome, wang, "x"), "second person")
    refused(lambda: decide("withdrawn", wei), "second person")
    refused(lambda: decide("rejected", wei), "pattern_rejected_with_a_reason")
    refused(lambda: decide("maybe", wei), "pattern_outcome_known")
    decide("approved", wei)
    refused(lambda: decide("approved", wei), "(?i)unique")


def test_the_database_keeps_what_was_written(approved_one):
    refused(lambda: PatternVersion.objects.update(source="x"), "append-only")
    refused(lambda: PatternDecision.objects.update(answer="x"), "append-only")
    refused(approved_one.decision.delete, "append-only")


def test_the_database_takes_one_proposal_at_a_time_with_one_subject(city, proposed, trained, wang):
    about = {"region": city, "source": "x", "by": wang}

    def add(**fields):
        PatternVersion.objects.create(**about | fields)

    refused(lambda: add(programme=proposed.programme, number=2), "one proposal")
    refused(lambda: add(number=1), "pattern_has_one_subject")
    refused(lambda: add(programme=proposed.programme, indicator=trained, number=9), "one")
    add(indicator=trained, number=1)


def test_a_number_is_given_once(approved_one, city, wang):
    about = {"region": city, "programme": approved_one.programme, "source": "x", "by": wang}
    refused(lambda: PatternVersion.objects.create(**about, number=1), "(?i)unique")


def test_it_is_seen_by_its_lead_office_and_the_auditor_only(proposed, city_with_people):
    seen = {
        name
        for name, person in city_with_people.people.items()
        if PatternVersion.objects.visible_to(person).exists()
    }
    assert seen == {"wang", "wei", "wu", "zheng", "zhao"}
