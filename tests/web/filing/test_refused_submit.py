"""What was typed survives a refused 提交审签, whatever refused it: figures, explanations, texts."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tracker.catalogue.models import Round
from tracker.submissions.models import Submission
from tracker.submissions.services import save_narrative


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}", "money": f"f{money.pk}-{city.pk}"}


@pytest.fixture
def text(submission, trained, li):
    """走访320户, whose number is not confirmed yet."""
    return save_narrative(submission, trained.programme, "practice", "走访320户，就近开班。", by=li)


@pytest.fixture
def hand_in(submission, keys, li, sign_in):
    """Everything of both rows, and the button 提交审签."""

    def of(trained: str, money: str, **more: str):
        data = {"act": "submit"} | more
        for name, typed in (("trained", trained), ("money", money)):
            key = keys[name]
            data |= {
                f"{key}-text": typed, f"{key}-seen": "0",
                f"{key}-explanation": f"{name}属实", f"{key}-opening": "5",
            }  # fmt: skip
        return sign_in(li).post(reverse("submission-save", args=[submission.pk]), data)

    return of


def fields_of(page: str) -> list[str]:
    return [one for one in ('value="7000多"', 'value="trained属实"', 'value="5"') if one in page]


def test_refused_for_a_blank_field_it_is_saved_and_shown(hand_in, submission, text):
    answer = hand_in("7000多", "")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert len(fields_of(page)) == 3
    assert "走访320户，就近开班。" in page
    figure = submission.figures.get(kind="value")
    assert (figure.value, figure.qualifier, figure.explanation, figure.opening) == (
        7000, "多", "trained属实", 5,
    )  # fmt: skip
    assert (Submission.objects.get().status, submission.narratives.count()) == ("draft", 1)


def test_refused_for_one_field_that_is_no_number_the_form_keeps_every_other(hand_in, submission):
    answer = hand_in("7000多", "一些")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert len(fields_of(page)) == 3
    assert 'value="一些"' in page
    assert 'value="money属实"' in page
    assert submission.figures.count() == 0


def test_refused_because_the_time_is_over_it_is_saved_and_stands_on_the_page(hand_in, submission):
    Round.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=1))
    answer = hand_in("7000多", "1302")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [one for one in ("7000多", "1302", "trained属实", "money属实") if one not in page] == []
    assert submission.figures.filter(kind="value").count() == 2
    assert Submission.objects.get().status == "draft"


def test_refused_because_a_colleague_handed_it_in_meanwhile_nothing_typed_is_lost(
    hand_in, submission
):
    Submission.objects.update(status="signing", submitted_by=User.objects.get(username="li"))
    answer = hand_in("7000多", "1302")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [one for one in ("7000多", "1302", "trained属实", "money属实") if one not in page] == []
    assert submission.figures.count() == 0


def test_what_was_refused_is_handed_in_when_it_is_put_right(hand_in, submission, keys, text, li):
    hand_in("7000多", "一些")
    assert hand_in("7000多", "1302").status_code == 422
    text.figures.create(start=2, end=6, raw="320户", value=320, unit="户", confirmed_by=li)
    seen = {f"{key}-seen": "1" for key in keys.values()}
    assert hand_in("7000多", "1302", **seen).status_code == 302
    assert Submission.objects.get().status == "signing"


def test_a_form_that_forgets_would_be_seen(hand_in, monkeypatch):
    """Planted: the form shows what is saved and not what was typed."""
    monkeypatch.setattr("tracker.web.filing.sheet.take_posted", lambda row, posted, clashing: None)
    assert fields_of(hand_in("7000多", "一些").content.decode()) == []
