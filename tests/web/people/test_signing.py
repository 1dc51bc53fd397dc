"""Signing in and out, one's own password and profile."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.services import disable, open_account, reset_password
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "用户名或密码不正确。连续输错5次后，将锁定30分钟。"


def guess(username, password, browser=None, **headers):
    browser = browser or Client()
    posted = {"username": username, "password": password}
    return browser.post(reverse("sign-in"), posted, headers=headers)


def test_a_person_signs_in_with_their_own_name(client, li):
    response = guess("li", PASSWORD, client)
    assert (response.status_code, response.url) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(li.pk)
    entry = AuditEntry.objects.latest("seq")
    assert (entry.act, entry.actor, entry.outcome) == ("session.sign_in", li, "done")


def test_capitals_do_not_matter_in_a_user_name(client, li):
    assert guess("LI", PASSWORD, client).status_code == 302


def test_whoever_signed_in_is_led_back_to_the_page_asked_for_but_not_to_another_site(client, li):
    posted = {"username": "li", "password": PASSWORD, "next": reverse("profile")}
    assert client.post(reverse("sign-in"), posted).url == reverse("profile")
    posted["next"] = "https://evil.example/"
    assert Client().post(reverse("sign-in"), posted).url == reverse("home")


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(li):
    known, unknown = guess("li", "wrong"), guess("nobody", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == [WRONG]
    assert unknown.context["form"].non_field_errors() == [WRONG]
    same = known.content.decode().replace('value="li"', 'value="nobody"')
    without_token = [line for line in same.splitlines() if "csrf" not in line]
    assert without_token == [
        line for line in unknown.content.decode().splitlines() if "csrf" not in line
    ]


def test_a_disabled_account_gets_the_same_answer_even_with_the_right_password(li, qian):
    disable(li, reason="离职", by=qian)
    assert guess("li", PASSWORD).context["form"].non_field_errors() == [WRONG]


@pytest.mark.parametrize("username", ["li", "nobody"])
def test_five_failures_lock_a_name_whether_or_not_it_exists(username, li):
    answers = [guess(username, "wrong").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    locked = guess(username, PASSWORD)
    assert (locked.status_code, locked["Retry-After"]) == (429, "1800")


def test_changing_the_browser_the_address_or_the_capitals_wins_no_further_guess(li):
    answers = [
        guess(
            name, "wrong", **{"user-agent": f"b{n}", "x-forwarded-for": f"10.0.0.{n}"}
        ).status_code
        for n, name in enumerate(["li", "LI", "Li", "lI", "ｌｉ", "li"])
    ]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert guess("li", PASSWORD, Client(REMOTE_ADDR="10.9.9.9")).status_code == 429


def test_a_name_is_free_again_after_half_an_hour(li):
    for _ in range(6):
        guess("li", "wrong")
    past = timezone.now() - timedelta(minutes=31)
    AccessAttempt.objects.update(attempt_time=past)
    assert guess("li", PASSWORD).status_code == 302


def test_a_reset_password_ends_the_lock_and_must_be_changed_first(client, li, qian):
    for _ in range(6):
        guess("li", "wrong")
    one_time = reset_password(li, by=qian)
    assert guess("li", one_time, client).status_code == 302
    assert client.get(reverse("home")).url == reverse("change-password")
    assert client.get(reverse("profile")).url == reverse("change-password")
    page = client.get(reverse("change-password"))
    assert "请先设定自己的密码" in page.content.decode()


def test_a_one_time_password_is_good_for_seven_days(qian):
    user, one_time = open_account(name="新人", by=qian)
    User.objects.filter(pk=user.pk).update(password_set_at=timezone.now() - timedelta(days=8))
    errors = guess("新人", one_time).context["form"].non_field_errors()
    assert errors == ["一次性密码已超过七天，请联系管理员重置密码。"]


def test_a_new_password_of_ones_own_opens_the_house(client, qian):
    user, one_time = open_account(name="新人", by=qian)
    guess("新人", one_time, client)
    fresh = "梧桐树下有清风明月十二字"
    posted = {"old_password": one_time, "new_password1": fresh, "new_password2": fresh}
    assert client.post(reverse("change-password"), posted).url == reverse("home")
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(fresh)) == (False, True)
    assert client.get(reverse("profile")).status_code == 200
    assert AuditEntry.objects.latest("seq").act == "account.change_password"


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "error"),
    [
        ("bad", "a-brand-new-one-1", "a-brand-new-one-1", "old_password", "原密码不正确，请重新输入。"),
        (PASSWORD, "a-brand-new-one-1", "other", "new_password2", "两次输入的新密码不一致，请重新输入。"),
        (PASSWORD, PASSWORD, PASSWORD, "new_password1", "新密码不能与原密码相同。"),
        (PASSWORD, "shijiu9", "shijiu9", "new_password2", "密码太短，至少需要12个字符。"),
        (PASSWORD, "password1234", "password1234", "new_password2", "这个密码太常见了。"),
        (PASSWORD, "053112345678x", "053112345678x", "new_password2", "密码跟 电话 太相似了。"),
        (PASSWORD, "999888999887", "999888999887", "new_password2", "密码只包含数字。"),
    ],
)  # fmt: skip
def test_a_poor_new_password_is_refused_at_its_field(old, new, again, field, error, sign_in, li):
    User.objects.filter(pk=li.pk).update(phone="053112345678")
    posted = {"old_password": old, "new_password1": new, "new_password2": again}
    page = sign_in(li).post(reverse("change-password"), posted)
    assert page.context["form"].errors[field] == [error]
    li.refresh_from_db()
    assert li.check_password(PASSWORD)


def test_changing_the_password_ends_other_sessions(client, sign_in, li):
    other = Client()
    guess("li", PASSWORD, other)
    mine = sign_in(li)
    new = "a-brand-new-one-1"
    posted = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    mine.post(reverse("change-password"), posted)
    assert mine.get(reverse("profile")).status_code == 200
    assert other.get(reverse("profile")).status_code == 302


def test_a_disabled_user_is_out_at_the_next_request(sign_in, li, qian):
    browser = sign_in(li)
    assert browser.get(reverse("profile")).status_code == 200
    disable(li, reason="离职", by=qian)
    assert browser.get(reverse("profile")).url.startswith(reverse("sign-in"))


def test_signing_out_ends_the_session(sign_in, li):
    browser = sign_in(li)
    assert browser.post(reverse("sign-out")).url == reverse("sign-in")
    assert Session.objects.count() == 0
    assert AuditEntry.objects.latest("seq").act == "session.sign_out"
    assert browser.get(reverse("sign-out")).status_code == 302


def test_a_session_lasts_half_an_hour_after_the_last_request(sign_in, li):
    browser = sign_in(li)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    browser.get(reverse("profile"))
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)


def test_failures_name_the_account_but_never_what_was_typed_for_none(li):
    guess("li", "wrong")
    guess("my-secret-password", "x")
    failures = AuditEntry.objects.filter(act="session.sign_in", outcome="refused").order_by("seq")
    assert [entry.target_label for entry in failures] == ["李", "（没有这个用户名）"]
    assert not any("my-secret-password" in str(vars(entry)) for entry in failures)


def test_the_profile_shows_posts_and_saves_the_phone(sign_in, li):
    browser = sign_in(li)
    page = browser.get(reverse("profile")).content.decode()
    assert "济南市总工会" in page
    assert browser.post(reverse("profile"), {"phone": "0531-1234"}).url == reverse("profile")
    li.refresh_from_db()
    assert (li.phone, li.name) == ("0531-1234", "李")


def test_the_profile_changes_nothing_but_the_phone(sign_in, li):
    posted = {"phone": "1", "name": "皇帝", "username": "root", "kind": "system", "is_active": ""}
    sign_in(li).post(reverse("profile"), posted)
    li.refresh_from_db()
    assert (li.phone, li.name, li.username, li.kind, li.is_active) == (
        "1",
        "李",
        "li",
        "business",
        True,
    )


def test_pages_of_people_need_a_sign_in(client, db):
    for name in ("profile", "change-password", "sign-out"):
        assert client.get(reverse(name)).url == f"{reverse('sign-in')}?next={reverse(name)}"


GUESSES = """
import contextlib, threading
from django.conf import settings
from django.db import connection
from django.test import Client
from accounts.models import User
from tracker.web.people import signing

plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {{"BACKEND": plain}}
User.objects.create_user("li", "correct-horse-battery-staple", name="李")
evaluated = []
check = User.check_password
User.check_password = lambda self, typed: evaluated.append(typed) or check(self, typed)
{planted}

def guess(number):
    for n in range(6):
        posted = {{"username": "li", "password": f"wrong-{{number}}-{{n}}"}}
        Client(SERVER_NAME="localhost").post("/sign-in/", posted)
    connection.close()

guessers = [threading.Thread(target=guess, args=[number]) for number in range(8)]
[one.start() for one in guessers]
[one.join() for one in guessers]
print("evaluated", len(evaluated))
"""


def evaluated(installation, planted=""):
    said = installation.run(GUESSES.format(planted=planted))
    return int(re.search(r"^evaluated ([0-9]+)$", said, re.MULTILINE)[1])


def test_of_forty_eight_guesses_at_once_five_are_evaluated(installation):
    assert evaluated(installation) == 5


def test_without_one_guess_at_a_time_more_are_evaluated(installation):
    assert evaluated(installation, "signing.transaction.atomic = contextlib.nullcontext") > 5
