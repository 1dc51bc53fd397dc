"""Posts, roles and hand-over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, HandOver, Role, RoleGrant, User
from accounts.rules import Refused
from accounts.services import (
    appoint,
    appoint_with_roles,
    change_appointment,
    confirm_roles,
    end_appointment,
    hand_over,
    propose_role,
    revoke_role,
    settle,
)

pytestmark = pytest.mark.django_db


def last():
    return AuditEntry.objects.latest("seq")


def acts_since(seq):
    return list(
        AuditEntry.objects.filter(seq__gt=seq).order_by("seq").values_list("act", flat=True)
    )


def test_every_role_has_its_kind():
    assert {role.value: role.kind.value for role in Role} == {
        "reporter": "business",
        "signer": "business",
        "line_reviewer": "business",
        "reviewer": "business",
        "editor": "business",
        "issuer": "business",
        "supervisor": "business",
        "auditor": "audit",
        "system_admin": "system",
        "security_admin": "security",
    }


def test_a_post_begins_today_unless_a_day_is_given(li, league, qian):
    post = appoint(li, league, "挂职干部", by=qian)
    assert (post.starts, post.ends, post.speaking_order) == (timezone.localdate(), None, None)
    assert (last().act, last().target_label) == ("appointment.begin", "李（团市委挂职干部）")


def test_the_same_post_is_not_held_twice(li, union, qian):
    with pytest.raises(Refused, match="李已是市总工会干事，不必重复任职"):
        appoint(li, union, "干事", by=qian)


def test_a_post_that_ends_before_it_begins_is_refused(li, league, qian):
    with pytest.raises(Refused, match="止期2024-01-01早于起期2024-02-01"):
        appoint(li, league, "挂职", starts=date(2024, 2, 1), ends=date(2024, 1, 1), by=qian)


@pytest.mark.parametrize("who", ["li", "zhang", "sun", "wu", "zheng", "zhou", "zhao"])
def test_whoever_keeps_no_agency_appoints_nobody(who, city_with_people, li, league):
    with pytest.raises(Refused, match="只有系统管理员和牵头单位的主管"):
        appoint(li, league, "挂职", by=city_with_people.people[who])


def test_the_lead_office_appoints_business_people_but_no_administrator(wang, sun, zhao, union):
    assert appoint(sun, union, "挂职", by=wang).agency == union
    with pytest.raises(Refused, match="只有系统管理员"):
        appoint(zhao, union, "审计员", by=wang)


def test_a_post_and_its_roles_come_together_or_not_at_all(li, league, qian):
    with pytest.raises(Refused, match="团市委不是牵头单位"):
        appoint_with_roles(li, league, "挂职", roles=["reporter", "reviewer"], by=qian)
    assert (li.appointments.count(), RoleGrant.objects.pending().count()) == (1, 0)


def test_a_role_is_proposed_for_the_time_of_the_post(li, qian):
    post = li.appointments.get()
    grant = propose_role(post, "signer", by=qian)
    assert (grant.starts, grant.ends, grant.user_kind) == (post.starts, None, "business")
    assert (grant.proposed_by, grant.confirmed_at) == (qian, None)
    with pytest.raises(Refused, match="已有“审签”角色，或正在等待确认"):
        propose_role(post, "signer", by=qian)


@pytest.mark.parametrize("role", ["reviewer", "editor", "issuer"])
def test_roles_of_the_lead_office_are_for_its_people(role, li, wang, qian):
    with pytest.raises(Refused, match="不是牵头单位"):
        propose_role(li.appointments.get(), role, by=qian)


def test_a_list_is_confirmed_whole_or_not_at_all(li, zhou, qian, zheng):
    one = propose_role(li.appointments.get(), "signer", by=qian)
    old = RoleGrant.objects.get(appointment__user=zheng)
    with pytest.raises(Refused, match="已经处理过"):
        confirm_roles([one, old], by=zhou)
    one.refresh_from_db()
    assert one.confirmed_at is None


@pytest.mark.parametrize("who", ["li", "wang", "zhao", "qian"])
def test_only_the_security_administrator_confirms(who, city_with_people, li, wang):
    grant = propose_role(li.appointments.get(), "signer", by=wang)
    with pytest.raises(Refused):
        confirm_roles([grant], by=city_with_people.people[who])


def test_nobody_confirms_what_they_proposed_or_hold(li, zhou, lead_office, qian):
    grant = propose_role(li.appointments.get(), "signer", by=qian)
    with pytest.raises(Refused, match="不能确认本人提请的角色"):
        confirm_roles([grant], by=qian)
    own = propose_role(appoint(zhou, lead_office, "兼", by=qian), "security_admin", by=qian)
    with pytest.raises(Refused, match="不能确认授予本人的角色"):
        confirm_roles([own], by=zhou)


def test_the_database_knows_that_a_second_person_confirms(li, qian):
    grant = propose_role(li.appointments.get(), "signer", by=qian)
    rows = RoleGrant.objects.filter(pk=grant.pk)
    now = timezone.now()
    for change, name in (
        ({"confirmed_by": qian, "confirmed_at": now}, "grant_not_confirmed_by_proposer"),
        ({"confirmed_at": now}, "grant_confirmed_by_someone"),
        ({"confirmed_by": li}, "grant_confirmed_by_someone"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**change)


def test_a_role_is_revoked_and_may_be_given_again(li, zhou, qian):
    grant = RoleGrant.objects.get(appointment__user=li)
    revoke_role(grant, reason="调岗", by=zhou)
    assert (last().act, last().data) == ("role.revoke", {"role": "reporter", "reason": "调岗"})
    with pytest.raises(Refused, match="已经撤销"):
        revoke_role(grant, reason="调岗", by=zhou)
    again = propose_role(li.appointments.get(), "reporter", by=qian)
    assert again.confirmed_at is None


def test_a_proposal_is_turned_down_or_withdrawn(li, zhou, qian, wang):
    grant = propose_role(li.appointments.get(), "signer", by=wang)
    with pytest.raises(Refused, match="只有安全管理员"):
        revoke_role(grant, reason="错", by=qian)
    revoke_role(grant, reason="填错了", by=wang)
    assert last().act == "role.turn_down"
    assert RoleGrant.objects.pending().count() == 0


def test_a_future_end_keeps_the_roles_until_then(li, qian):
    end = timezone.localdate() + timedelta(days=30)
    end_appointment(li.appointments.get(), ends=end, by=qian)
    fresh = User.objects.get(pk=li.pk)
    assert fresh.reach.roles == {"reporter"}
    assert fresh.reach_on(end + timedelta(days=1)).roles == set()


def test_a_post_does_not_end_before_it_began(li, qian):
    with pytest.raises(Refused, match="早于起期"):
        end_appointment(li.appointments.get(), ends=date(2001, 1, 1), by=qian)


def test_a_list_of_people_sets_the_end_and_the_place_among_speakers(li, qian, sun):
    end = timezone.localdate() + timedelta(days=30)
    change_appointment(li.appointments.get(), ends=end, speaking_order=2, by=qian)
    post = li.appointments.get()
    assert (post.ends, post.speaking_order) == (end, 2)
    assert User.objects.get(pk=li.pk).reach.roles == {"reporter"}
    change_appointment(post, ends=timezone.localdate(), speaking_order=2, by=qian)
    assert User.objects.get(pk=li.pk).reach.roles == set()
    assert last().act == "appointment.change"
    with pytest.raises(Refused, match="只有系统管理员和牵头单位的主管"):
        change_appointment(post, ends=None, speaking_order=1, by=sun)


def test_handing_over_moves_post_and_roles_and_leaves_a_row(li, sun, union, qian, zhou):
    giver = li.appointments.get()
    before = last().seq
    handed = hand_over(giver, to=sun, note="退休", by=qian)
    giver.refresh_from_db()
    taker = sun.appointments.get(agency=union)
    assert (handed.giver, handed.taker, handed.by, handed.note) == (giver, taker, qian, "退休")
    assert (taker.post, giver.ends) == ("干事", timezone.localdate())
    assert User.objects.get(pk=li.pk).reach.roles == set()
    confirm_roles(taker.grants.pending(), by=zhou)
    assert User.objects.get(pk=sun.pk).reach.has("reporter", union) is True
    assert acts_since(before) == [
        "appointment.begin",
        "role.propose",
        "appointment.end",
        "appointment.hand_over",
        "role.confirm",
    ]


def test_a_post_may_be_kept_and_work_still_handed_over(li, zhang, union, qian):
    zhang_posts = zhang.appointments.count()
    handed = hand_over(li.appointments.get(), to=zhang, keep=True, by=qian)
    assert User.objects.get(pk=li.pk).reach.roles == {"reporter"}
    assert zhang.appointments.count() == zhang_posts + 1
    again = hand_over(li.appointments.get(), to=zhang, keep=True, by=qian)
    assert again.taker == handed.taker
    assert handed.taker.grants.count() == 1


def test_a_hand_over_waits_until_the_work_has_followed(li, zhang, qian):
    handed = hand_over(li.appointments.get(), to=zhang, by=qian)
    assert handed.settled_at is None
    settle(handed)
    assert HandOver.objects.get().settled_at is not None
    assert (last().act, last().actor_name) == ("appointment.settle", "系统")


def test_useless_hand_overs_are_refused(li, sun, zhao, qian):
    post = li.appointments.get()
    with pytest.raises(Refused, match="同一人"):
        hand_over(post, to=li, by=qian)
    with pytest.raises(Refused, match="账号类别不同"):
        hand_over(post, to=zhao, by=qian)
    li.appointments.update(ends=date(2020, 1, 1))
    with pytest.raises(Refused, match="已经结束"):
        hand_over(li.appointments.get(), to=sun, by=qian)
