"""Naming a deputy on the page, signing as one, and what everybody then reads."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import employ
from tracker.submissions.models import Delegation
from tracker.submissions.services import Change, save_figures, submit

TODAY = timezone.localdate


@pytest.fixture
def fang(city_with_people, union):
    return employ(city_with_people, "fang", "方", union, "干事", "reporter")


@pytest.fixture
def signing(submission, trained, money, city, li):
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    return submit(submission, by=li, version=submission.version)


def form(person, days=3) -> dict:
    ends = TODAY() + datetime.timedelta(days=days)
    post = person.appointments.get()
    return {"deputy": post.pk, "starts": TODAY(), "ends": ends, "reason": "休假"}


def test_the_signer_names_a_deputy_who_signs_and_the_reviewer_reads_for_whom(
    client, signing, zhang, fang, wang
):
    page = reverse("delegation-list")
    client.force_login(zhang)
    said = client.post(page, form(fang), follow=True).content.decode()
    assert "已委托方代签，已通知本人" in said
    assert "生效中" in said
    client.force_login(fang)
    assert "委托您代签至" in client.get(reverse("submission-desk")).content.decode()
    assert str(signing.round) in client.get(reverse("signing-queue")).content.decode()
    answer = client.post(
        reverse("submission-sign", args=[signing.pk]), {"version": signing.version}, follow=True
    )
    assert "方（代张签）" in answer.content.decode()
    client.force_login(wang)
    seen = client.get(reverse("review-page", args=[signing.pk])).content.decode()
    assert "方（代张签）" in seen
    printed = client.get(reverse("submission-print", args=[signing.pk])).content.decode()
    assert "单位负责人：方（代张）" in printed


def test_a_second_deputy_for_the_same_days_is_refused_in_place(client, zhang, fang, li):
    client.force_login(zhang)
    client.post(reverse("delegation-list"), form(fang))
    answer = client.post(reverse("delegation-list"), form(li))
    assert answer.status_code == 422
    assert "已委托方代签，请先结束那一项" in answer.content.decode()
    assert "休假" in answer.content.decode()
    assert Delegation.objects.get().deputy == fang


def test_the_deputy_gives_it_up_on_the_page(client, zhang, fang):
    client.force_login(zhang)
    client.post(reverse("delegation-list"), form(fang))
    client.force_login(fang)
    end = reverse("delegation-end", args=[Delegation.objects.get().pk])
    assert "已提前结束" in client.post(end, follow=True).content.decode()


def test_who_does_not_sign_is_offered_no_form(client, li):
    client.force_login(li)
    assert "委托他人代签" not in client.get(reverse("delegation-list")).content.decode()
