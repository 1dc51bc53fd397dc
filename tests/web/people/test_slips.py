"""People who came by a list get their one-time passwords together, on slips shown once."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, User
from accounts.rules import Refused
from accounts.services import appoint, enroll, issue_passwords

PAGE = "user-slips"


@pytest.fixture
def new_people(city_with_people, union, qian):
    people = []
    for name in ("甲", "乙"):
        user = enroll(name=name, agency=union, by=qian)
        appoint(user, union, "干事", by=qian)
        people.append(user)
    return people


def test_all_get_a_password_at_once_and_it_is_shown_a_single_time(
    new_people, qian, sign_in, client
):
    browser, page = sign_in(qian), reverse(PAGE)
    listed = browser.get(page)
    assert [user.name for user in listed.context["waiting"]] == ["乙", "甲"]
    answer = browser.post(page, {"user": [user.pk for user in new_people]}, follow=True)
    slips = answer.context["slips"]
    assert answer["Cache-Control"] == "no-store"
    assert [user.name for user, _ in slips] == ["乙", "甲"]
    for user, password in slips:
        fresh = User.objects.get(pk=user.pk)
        assert fresh.check_password(password)
        assert fresh.must_change_password
        assert password in answer.content.decode()
    again = browser.get(page)
    assert (again.context["slips"], again.context["waiting"]) == ([], [])
    acts = AuditEntry.objects.filter(act="account.reset_password")
    assert sorted(acts.values_list("target_label", flat=True)) == ["乙", "甲"]


def test_who_has_a_password_is_not_given_another_here(new_people, li, qian, sign_in):
    before = User.objects.get(pk=li.pk).password
    answer = sign_in(qian).post(reverse(PAGE), {"user": [new_people[0].pk, li.pk]}, follow=True)
    assert "没有生成" in answer.content.decode()
    assert User.objects.get(pk=li.pk).password == before
    with pytest.raises(Refused, match="已经有了密码"):
        issue_passwords([li], by=qian)


def test_only_the_system_administrator_issues_them(new_people, zhou, wang, sign_in):
    for person in (zhou, wang):
        assert sign_in(person).get(reverse(PAGE)).status_code == 404
        with pytest.raises(Refused):
            issue_passwords(new_people, by=person)
