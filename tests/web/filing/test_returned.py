"""What came back for some figures is open for those alone: nothing else looks as if it were."""

import re

import pytest
from django.urls import reverse

from tests.web.filing.test_autosave import one, sent
from tracker.review.services import Question, return_
from tracker.submissions.services import Change, save_figures, sign, submit


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}", "money": f"f{money.pk}-{city.pk}"}


@pytest.fixture
def questioned(submission, trained, money, city, li, zhang, wang):
    """Of two figures the first was questioned."""
    changes = [Change(trained.pk, city.pk, "12"), Change(money.pk, city.pk, "3")]
    save_figures(submission, changes, by=li)
    submission.refresh_from_db()
    row = submit(submission, by=li, version=submission.version)
    row = sign(row, by=zhang, version=row.version)
    asked = row.figures.get(indicator=trained)
    return return_(
        row, by=wang, version=row.version, questions=[Question(asked.pk, "evidence", "请附签到表")]
    )


def fields_of(page: str, key: str) -> list[str]:
    """The names of everything that can be typed or chosen for one figure."""
    return re.findall(rf'<(?:input|select|textarea)[^>]* name="({key}-[a-z_]+)"', page)


def test_only_the_questioned_figure_has_fields(questioned, keys, li, sign_in):
    page = sign_in(li).get(questioned.get_absolute_url()).content.decode()
    assert f"{keys['trained']}-text" in fields_of(page, keys["trained"])
    assert fields_of(page, keys["money"]) == []
    assert "本次只退回了被质询的数据，这一项不能修改" in page


def test_its_own_page_offers_nothing_to_change_either(questioned, keys, li, sign_in):
    browser = sign_in(li)
    open_, shut = (
        browser.get(reverse("submission-figure", args=[questioned.pk, keys[name]])).content.decode()
        for name in ("trained", "money")
    )
    assert f"{keys['trained']}-note" in fields_of(open_, keys["trained"])
    assert fields_of(shut, keys["money"]) == []


def test_the_desk_says_first_why_it_came_back(questioned, li, sign_in):
    page = sign_in(li).get(reverse("submission-desk"))
    [row] = page.context["returned"]
    assert row.reason == "质询1项数据：请附签到表"
    text = page.content.decode()
    assert text.index("退回待改") < text.index("请附签到表") < text.index("待填报")


def test_a_forged_field_is_refused(questioned, keys, li, sign_in):
    answer = sent(sign_in(li), questioned, one(keys["money"], "99", seen=1))
    assert answer.status_code == 409
    assert {str(figure.value) for figure in questioned.figures.all()} == {"12", "30000"}


def test_a_draft_shows_no_field_as_shut(submission, keys, li, sign_in):
    page = sign_in(li).get(submission.get_absolute_url()).content.decode()
    assert 'class="closed"' not in page
