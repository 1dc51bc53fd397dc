"""Receipts of forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tracker.receipts.models import Receipt
from tracker.receipts.services import claim, forget, settle

pytestmark = pytest.mark.django_db


def test_a_form_is_new_once(li):
    receipt, first = claim(li, "k")
    again, second = claim(li, "k")
    assert (first, second, receipt) == (True, False, again)


def test_an_answer_is_remembered(li):
    receipt, _ = claim(li, "k")
    settle(receipt, "/submissions/")
    assert claim(li, "k")[0].answer == "/submissions/"


def test_without_an_answer_the_form_is_new_again(li):
    settle(claim(li, "k")[0], None)
    assert claim(li, "k")[1] is True


def test_old_receipts_are_forgotten_and_young_ones_kept(li):
    now = timezone.now()
    old, _ = claim(li, "old")
    young, _ = claim(li, "young")
    Receipt.objects.filter(pk=old.pk).update(at=now - timedelta(days=8))
    assert forget(now - timedelta(days=7)) == 1
    assert list(Receipt.objects.all()) == [young]
