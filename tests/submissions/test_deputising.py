"""A signer on leave names a deputy; the deputy signs for them, and it is said so."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.cast import employ, settled
from tracker.ledger.models import Entry
from tracker.notices.models import Notice
from tracker.review.services import approve
from tracker.submissions.deputising import candidates, delegate, end_delegation
from tracker.submissions.models import Delegation, Signature, Submission
from tracker.submissions.services import Change, prepare, save_figures, sign, submit

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate


@pytest.fixture
def fang(city_with_people, union):
    """A second reporter, who fills in nothing here."""
    return employ(city_with_people, "fang", "方", union, "干事", "reporter")


@pytest.fixture
def signing(submission, trained, money, city, li):
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    return submit(submission, by=li, version=submission.version)


@pytest.fixture
def given(union, zhang, fang):
    return delegate(union, fang, TODAY(), TODAY() + DAY, by=zhang, reason="休假")


def test_a_deputy_signs_for_the_signer_and_the_signature_says_for_whom(signing, given, fang):
    filed = sign(signing, by=fang, version=signing.version, note="同意")
    row = Signature.objects.get()
    assert (filed.status, row.signer.name, row.principal.name) == ("submitted", "方", "张")
    assert str(row) == "方（代张）"
    assert filed.moves.last().note == "代张签字 同意"


def test_the_ledger_keeps_who_signed_for_whom(signing, given, fang, wang):
    filed = sign(signing, by=fang, version=signing.version)
    approve(filed, by=wang, version=filed.version)
    assert set(Entry.objects.values_list("signer_name", flat=True)) == {"方（代张）"}


def test_the_signer_may_still_sign_in_person(signing, given, zhang):
    sign(signing, by=zhang, version=signing.version)
    assert Signature.objects.get().principal is None


@pytest.mark.parametrize(("starts", "ends"), [(DAY, 2 * DAY), (-2 * DAY, -DAY)])
def test_before_and_after_the_time_the_deputy_signs_nothing(
    signing, union, zhang, fang, starts, ends
):
    Delegation.objects.create(
        agency=union, giver=zhang, deputy=fang, starts=TODAY() + starts, ends=TODAY() + ends
    )
    with pytest.raises(Refused, match="只有本单位的审签人可以签字"):
        sign(signing, by=fang, version=signing.version)


def test_taken_back_it_holds_no_longer(signing, given, zhang, fang):
    end_delegation(given, by=zhang)
    with pytest.raises(Refused, match="只有本单位的审签人可以签字"):
        sign(signing, by=fang, version=signing.version)
    with pytest.raises(Refused, match="已经结束"):
        end_delegation(given, by=zhang)


def test_who_submitted_does_not_sign_it_as_a_deputy(signing, union, zhang, li):
    delegate(union, li, TODAY(), TODAY(), by=zhang)
    with pytest.raises(Refused, match="报送人不能审签自己提交的报送"):
        sign(signing, by=li, version=signing.version)


def test_a_signer_who_lost_the_role_is_stood_in_for_no_more(signing, given, zhang, fang, zhou):
    zhang.appointments.get().grants.update(revoked_at=timezone.now(), revoked_by=zhou)
    with pytest.raises(Refused, match="只有本单位的审签人可以签字"):
        sign(signing, by=settled(fang), version=signing.version)


def test_for_one_who_submitted_nobody_stands_in(signing, given, zhang, fang):
    Submission.objects.filter(pk=signing.pk).update(submitted_by=zhang)
    signing.refresh_from_db()
    with pytest.raises(Refused, match="只有本单位的审签人可以签字"):
        sign(signing, by=fang, version=signing.version)


@pytest.fixture
def two_steps(union, trained, money, li, city):
    round_ = factories.open_round(
        factories.cycle(union, name="两级月报", sign_steps=2), factories.month(2026, 6)
    )
    prepare(round_)
    row = round_.submissions.get()
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(row, changes, by=li)
    row.refresh_from_db()
    return submit(row, by=li, version=row.version)


def test_signed_for_at_the_first_step_the_signer_does_not_sign_the_second(
    two_steps, given, zhang, fang
):
    first = sign(two_steps, by=fang, version=two_steps.version)
    for person in (zhang, fang):
        with pytest.raises(Refused):
            sign(first, by=person, version=first.version)


def test_one_deputy_at_a_time(given, union, zhang, li):
    with pytest.raises(ValidationError, match="已委托方代签"):
        delegate(union, li, TODAY() + DAY, TODAY() + 3 * DAY, by=zhang)
    delegate(union, li, TODAY() + 2 * DAY, TODAY() + 3 * DAY, by=zhang)
    assert Delegation.objects.count() == 2


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (DAY, 0 * DAY, "止期早于起期"),
        (-2 * DAY, -DAY, "已经过去"),
        (0 * DAY, 400 * DAY, "最长一年"),
    ],
)
def test_a_time_that_can_not_be_is_refused(union, zhang, fang, starts, ends, words):
    with pytest.raises(ValidationError, match=words):
        delegate(union, fang, TODAY() + starts, TODAY() + ends, by=zhang)


def test_only_signers_delegate_and_only_to_colleagues(union, zhang, li, sun, zhao):
    with pytest.raises(Refused, match="只有本单位的审签人可以委托"):
        delegate(union, zhang, TODAY(), TODAY(), by=li)
    for person, words in ((sun, "本单位在岗"), (zhao, "本单位在岗"), (zhang, "不能委托本人")):
        with pytest.raises(Refused, match=words):
            delegate(union, person, TODAY(), TODAY(), by=zhang)


def test_candidates_are_the_colleagues(zhang, fang, li):
    assert [post.user.name for post in candidates(zhang)] == ["李", "方"]
    assert list(candidates(li)) == []


def test_a_deputy_is_told_and_then_hears_of_what_waits(
    given, fang, submission, trained, money, city, li
):
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    submit(submission, by=li, version=submission.version)
    told = Notice.objects.filter(recipient=fang).order_by("pk").values_list("kind", "title")
    assert list(told)[0] == ("delegated", "张委托您代为审签")
    assert [kind for kind, _ in told] == ["delegated", "submitted"]


def test_given_and_taken_back_it_stands_in_the_audit_record(given, zhang):
    end_delegation(given, by=zhang)
    acts = AuditEntry.objects.filter(act__startswith="delegation").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == ["delegation.give", "delegation.end"]


def test_the_database_refuses_oneself_and_a_period_out_of_order(union, zhang, fang):
    for deputy, ends in ((zhang, TODAY()), (fang, TODAY() - DAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.create(
                agency=union, giver=zhang, deputy=deputy, starts=TODAY(), ends=ends
            )
