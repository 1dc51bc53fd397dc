"""Accounts: who opens, resets and disables them."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Kind, User
from accounts.passwords import ALPHABET, one_time_password
from accounts.rules import Refused
from accounts.services import (
    appoint,
    change_own_password,
    confirm_roles,
    disable,
    edit_account,
    edit_profile,
    enable,
    end_appointment,
    enroll,
    open_account,
    propose_role,
    reset_password,
    revoke_role,
)
from tests.cast import PASSWORD, administrator

pytestmark = pytest.mark.django_db
BUSINESS = ["li", "zhang", "sun", "wang", "wu", "zheng"]


def last():
    return AuditEntry.objects.latest("seq")


def test_a_one_time_password_is_long_plain_and_never_the_same():
    some = {one_time_password() for _ in range(200)}
    assert len(some) == 200
    for password in some:
        groups = password.split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(ALPHABET)


def test_an_account_is_opened_with_a_password_that_must_be_changed(qian):
    user, password = open_account(name="冯", username="feng", phone="1", by=qian)
    assert (user.name, user.username, user.kind, user.phone) == ("冯", "feng", "business", "1")
    assert (user.check_password(password), user.must_change_password) == (True, True)
    assert (last().act, last().actor, last().target_label) == ("account.open", qian, "冯")
    assert password not in str(AuditEntry.objects.values_list("data", flat=True))


def test_without_a_user_name_people_sign_in_with_their_name_and_a_number_if_it_is_taken(qian):
    names = [open_account(name="王 伟", by=qian)[0].username for _ in range(3)]
    assert names == ["王伟", "王伟2", "王伟3"]


@pytest.mark.parametrize("username", ["li", "LI", "ｌｉ"])
def test_a_user_name_is_taken_in_every_spelling(username, qian, li):
    with pytest.raises(Refused, match="已被使用"):
        open_account(name="李", username=username, by=qian)


@pytest.mark.parametrize("who", [*BUSINESS, "zhou", "zhao"])
def test_only_the_system_administrator_opens_accounts(who, city_with_people):
    with pytest.raises(Refused, match="只有系统管理员可以进行此操作"):
        open_account(name="冯", by=city_with_people.people[who])
    assert User.objects.filter(name="冯").exists() is False


def test_the_lead_office_enrols_people_who_cannot_sign_in_yet(wang, qian, union):
    feng = enroll(name="冯", agency=union, by=wang)
    assert (feng.kind, feng.has_usable_password(), feng.must_change_password) == (
        "business",
        False,
        True,
    )
    password = reset_password(feng, by=qian)
    assert feng.check_password(password) is True


def test_an_agency_enrols_nobody(li, union):
    with pytest.raises(Refused, match="只有系统管理员和牵头单位的主管"):
        enroll(name="冯", agency=union, by=li)


def test_a_reset_password_replaces_the_old_one(li, qian):
    password = reset_password(li, by=qian)
    li.refresh_from_db()
    assert (li.check_password(PASSWORD), li.check_password(password)) == (False, True)
    assert li.must_change_password is True
    assert (last().act, last().target_id) == ("account.reset_password", str(li.pk))


RESETS = {
    ("qian", "li"): "",
    ("qian", "zhou"): "只有安全管理员可以进行此操作。",
    ("qian", "zhao"): "只有安全管理员可以进行此操作。",
    ("qian", "qian"): "本人的密码请在“个人资料”中修改。",
    ("zhou", "zhao"): "",
    ("zhou", "li"): "只有系统管理员可以进行此操作。",
    ("zhou", "qian"): "只有系统管理员可以进行此操作。",
    ("zhou", "zhou"): "本人的密码请在“个人资料”中修改。",
    ("zhao", "li"): "只有系统管理员可以进行此操作。",
    ("wang", "li"): "只有系统管理员可以进行此操作。",
}


@pytest.mark.parametrize(("who", "whose"), RESETS)
def test_no_administrator_takes_over_another(who, whose, city_with_people):
    people = city_with_people.people
    said = ""
    try:
        reset_password(people[whose], by=people[who])
    except Refused as refusal:
        said = refusal.verdict.reason
    assert said == RESETS[who, whose]


def test_a_password_of_ones_own_ends_the_duty_to_change_it(qian):
    user, _ = open_account(name="冯", by=qian)
    change_own_password("a-brand-new-one-1", by=user)
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password("a-brand-new-one-1")) == (False, True)


def test_the_profile_records_that_the_phone_changed_but_not_the_number(li):
    edit_profile(phone="0531-1234", by=li)
    assert (last().act, last().data) == ("account.edit_profile", {"changed": ["电话"]})


def test_an_account_is_renamed_by_the_system_administrator(li, zhang, qian):
    edit_account(li, name="李一", username="liyi", phone="", by=qian)
    assert last().data == {
        "before": {"name": "李", "username": "li"},
        "after": {"name": "李一", "username": "liyi"},
    }
    with pytest.raises(Refused, match="已被使用"):
        edit_account(li, name="李一", username="ZHANG", phone="", by=qian)
    with pytest.raises(Refused):
        edit_account(li, name="李二", username="lier", phone="", by=zhang)


def test_both_administrators_may_disable_but_nobody_themselves(li, sun, qian, zhou, wang):
    disable(li, reason="离职", by=qian)
    disable(sun, reason="离职", by=zhou)
    assert set(User.objects.filter(is_active=False)) == {li, sun}
    with pytest.raises(Refused, match="不能停用本人的账号"):
        disable(qian, reason="", by=qian)
    with pytest.raises(Refused, match="只有系统管理员和安全管理员"):
        disable(zhou, reason="", by=wang)


def test_only_the_system_administrator_enables_again(li, qian, zhou):
    disable(li, reason="离职", by=qian)
    with pytest.raises(Refused):
        enable(li, by=zhou)
    assert enable(li, by=qian).is_active is True
    with pytest.raises(Refused, match="本人的账号须由他人办理"):
        enable(qian, by=qian)


LAST = {"qian": "系统管理", "zhou": "安全管理", "zhao": "审计"}


@pytest.mark.parametrize("who", LAST)
def test_the_last_of_the_three_administrators_stays(who, city_with_people, qian, zhou):
    person = city_with_people.people[who]
    by = zhou if person == qian else qian
    grant = person.appointments.get().grants.get()
    with pytest.raises(Refused, match=f"最后一名“{LAST[who]}”人员"):
        disable(person, reason="离职", by=by)
    with pytest.raises(Refused, match=f"最后一名“{LAST[who]}”人员"):
        revoke_role(grant, reason="调岗", by=zhou)
    with pytest.raises(Refused, match=f"最后一名“{LAST[who]}”人员"):
        end_appointment(person.appointments.get(), by=qian)
    person.refresh_from_db()
    assert person.is_active is True


def test_one_of_two_administrators_may_go(city_with_people, qian, zhou):
    administrator(city_with_people, "second", "二", Kind.SYSTEM, "system_admin")
    assert disable(qian, reason="离职", by=zhou).is_active is False


# --- in the database ----------------------------------------------------------------------------


def refused_by_database(act):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return str(caught.value)


def test_the_database_takes_no_second_spelling_of_a_user_name(li):
    error = refused_by_database(lambda: User.objects.create(username="LI", name="李"))
    assert "username_once_in_any_case" in error


def test_the_kind_of_a_user_who_holds_roles_is_fixed(li, qian):
    error = refused_by_database(lambda: User.objects.filter(pk=li.pk).update(kind="audit"))
    assert "kind is fixed by the roles held" in error


def test_the_kind_of_a_user_without_roles_may_still_be_corrected(qian):
    user, _ = open_account(name="冯", by=qian)
    assert User.objects.filter(pk=user.pk).update(kind="audit") == 1


def test_a_post_stays_with_its_user(li, sun):
    posts = li.appointments
    assert "a post stays with its user" in refused_by_database(lambda: posts.update(user=sun))


def test_no_account_holds_the_roles_of_two_administrators(
    city_with_people, lead_office, qian, zhou
):
    post = appoint(zhou, lead_office, "兼职", by=qian)
    with pytest.raises(Refused, match="账号类别是“安全管理”，不能承担“系统管理”角色"):
        propose_role(post, "system_admin", by=qian)
    row = {"appointment": post, "role": "system_admin", "starts": "2024-01-01"}
    grants = post.grants.model.objects
    copied = refused_by_database(lambda: grants.create(user_kind="security", **row))
    assert "grant_role_fits_kind" in copied
    forged = refused_by_database(lambda: grants.create(user_kind="system", **row))
    assert "a grant is of the kind of its user" in forged
    good = confirm_roles(
        [propose_role(post, "security_admin", by=qian)], by=_second(city_with_people)
    )
    forged = refused_by_database(
        lambda: grants.filter(pk=good[0].pk).update(user_kind="system", role="system_admin")
    )
    assert "a grant is of the kind of its user" in forged


def _second(city):
    return administrator(city, "second", "二", Kind.SECURITY, "security_admin")
