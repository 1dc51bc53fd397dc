"""From draft to the lead office."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.rules import Refused
from tests.cast import employ
from tracker.notices.models import Notice
from tracker.submissions.models import Signature, Submission
from tracker.submissions.services import (
    Change,
    NotReady,
    record_paper_signature,
    save_figures,
    send_back,
    sign,
    submit,
    withdraw,
)
from tracker.workflow import Stale

PDF = b"%PDF-1.7 scanned"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def filled(submission, trained, money, city, li):
    save_figures(
        submission, [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")], by=li
    )
    submission.refresh_from_db()
    return submission


@pytest.fixture
def signing(filled, li):
    return submit(filled, by=li, version=filled.version)


def moves(submission) -> list[tuple]:
    return list(submission.moves.values_list("from_status", "to_status", "by__username"))


def test_a_signed_submission_reaches_the_lead_office_and_every_step_leaves_a_row(
    signing, zhang, wang
):
    filed = sign(signing, by=zhang, version=signing.version)
    assert (filed.status, filed.signed_by, filed.is_late) == ("submitted", zhang, False)
    assert moves(filed) == [("draft", "signing", "li"), ("signing", "submitted", "zhang")]
    told = Notice.objects.order_by("pk").values_list("recipient__username", "kind")
    assert list(told) == [("zhang", "submitted"), ("wang", "submitted")]


def test_a_missing_required_figure_blocks_and_says_what_to_do(submission, li):
    with pytest.raises(NotReady) as refusal:
        submit(submission, by=li, version=submission.version)
    assert [finding.rule for finding in refusal.value.findings] == ["required", "required"]
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_who_may_not_submit_is_refused_before_anything_is_said_of_its_figures(submission, sun):
    with pytest.raises(Refused):
        submit(submission, by=sun, version=submission.version)


def test_an_old_page_can_not_submit_what_it_does_not_show(filled, li):
    with pytest.raises(Stale):
        submit(filled, by=li, version=filled.version - 1)


def test_the_submitter_may_not_sign(signing, city_with_people, union):
    both = employ(city_with_people, "he", "何", union, "主任", "reporter", "signer")
    Submission.objects.filter(pk=signing.pk).update(submitted_by=both)
    with pytest.raises(Refused, match="报送人不能审签自己提交的报送"):
        sign(signing, by=both, version=signing.version)


def test_the_database_itself_keeps_submitter_signer_and_decider_apart(signing, li, zhang):
    for change in (
        {"signed_by": li},
        {"decided_by": li},
        {"signed_by": zhang, "decided_by": zhang},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(pk=signing.pk).update(**change)


@pytest.mark.parametrize("who", ["li", "sun", "wang", "qian"])
def test_only_the_agencys_signer_signs(signing, who, request):
    with pytest.raises(Refused):
        sign(signing, by=request.getfixturevalue(who), version=signing.version)


def test_two_steps_need_two_different_signers(filled, june, li, zhang, city_with_people, union):
    june.cycle.sign_steps = 2
    june.cycle.save()
    he = employ(city_with_people, "he", "何", union, "主席", "signer")
    first = sign(
        submit(filled, by=li, version=filled.version), by=zhang, version=filled.version + 1
    )
    assert first.status == "signing"
    with pytest.raises(Refused, match="您已签过上一级"):
        sign(first, by=zhang, version=first.version)
    second = sign(first, by=he, version=first.version)
    assert second.status == "submitted"
    assert list(Signature.objects.values_list("step", "signer_name")) == [(1, "张"), (2, "何")]


def test_a_one_person_office_skips_the_signature(filled, li, zhang):
    zhang.appointments.get().grants.get().delete()
    filed = submit(filled, by=li, version=filled.version)
    assert filed.status == "submitted"


def test_a_paper_signature_says_who_signed_and_who_recorded(signing, li):
    scan = SimpleUploadedFile("签字页.pdf", PDF)
    filed = record_paper_signature(
        signing, scan, signer_name="何主席", by=li, version=signing.version
    )
    assert filed.status == "submitted"
    row = Signature.objects.get()
    assert (row.signer_name, row.signer, row.recorded_by, row.scan.name) == (
        "何主席",
        None,
        li,
        "签字页.pdf",
    )


def test_a_paper_signature_without_its_scan_is_refused_by_the_database(signing, li):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            submission=signing,
            step=1,
            submission_version=2,
            signer_name="何主席",
            recorded_by=li,
            digest="",
        )


def test_a_scan_that_is_no_scan_records_nothing(signing, li):
    with pytest.raises(ValidationError, match="文件内容与扩展名“.pdf”不符"):
        record_paper_signature(
            signing,
            SimpleUploadedFile("签字页.pdf", b"<html>"),
            signer_name="何主席",
            by=li,
            version=signing.version,
        )
    signing.refresh_from_db()
    assert (signing.status, signing.evidence.count()) == ("signing", 0)


def test_a_signer_sends_back_with_a_reason(signing, zhang, li):
    with pytest.raises(ValidationError, match="请写明退回修改的原因"):
        send_back(signing, by=zhang, version=signing.version, note=" ")
    back = send_back(signing, by=zhang, version=signing.version, note="资金口径请再核对")
    assert back.status == "returned"
    assert Notice.objects.get(recipient=li).text.endswith("资金口径请再核对")


def test_withdrawn_while_nobody_has_looked_it_is_a_draft_again(signing, zhang, li):
    filed = sign(signing, by=zhang, version=signing.version)
    back = withdraw(filed, by=li, version=filed.version)
    assert (back.status, back.filed_at) == ("draft", None)


def test_a_closed_round_refuses_in_words(filled, june, li):
    june.opens_at, june.due_at = june.opens_at - DAY * 9, june.opens_at
    june.state = "closed"
    june.save()
    filled.round.refresh_from_db()
    with pytest.raises(Refused, match="本期填报未开放或已截止"):
        submit(filled, by=li, version=filled.version)


def test_a_signed_submission_stands_for_what_it_said(signing, zhang, trained, city, li):
    filed = sign(signing, by=zhang, version=signing.version)
    with pytest.raises(Refused, match="不能再修改"):
        save_figures(filed, [Change(trained.pk, city.pk, "13", seen=1)], by=li)
    assert filed.figures.get(indicator=trained).value == Decimal(12)


def test_what_came_back_may_be_filed_again_after_the_deadline(signing, june, zhang, li):
    back = send_back(signing, by=zhang, version=signing.version, note="请补充说明")
    june.opens_at, june.due_at = june.opens_at - DAY * 9, june.opens_at
    june.save()
    again = submit(Submission.objects.get(pk=back.pk), by=li, version=back.version)
    assert (again.status, again.is_late) == ("signing", False)
