"""What people may do and where, and from when to when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, Region, RoleGrant, User
from accounts.services import (
    appoint,
    close_agency,
    confirm_roles,
    disable,
    end_appointment,
    propose_role,
    revoke_role,
)
from tests.cast import agency, employ

pytestmark = pytest.mark.django_db


def fresh(user):
    """The user as the next request sees them."""
    return User.objects.get(pk=user.pk)


def test_a_reporter_reaches_her_own_agency_only(li, union, league):
    assert li.reach.roles == {"reporter"}
    assert li.reach.agencies("reporter") == {union.pk}
    assert li.reach.has("reporter", union) is True
    assert li.reach.has("reporter", league) is False
    assert li.reach.has("signer") is False
    assert li.reach.leads() == []


def test_a_reviewer_of_the_lead_office_leads_the_city(wang, city, lead_office):
    assert wang.reach.leads("reviewer") == ["37/3701/"]
    assert wang.reach.leads("editor") == []
    assert wang.reach.leads_region(Region.objects.get(code="370102001"), "reviewer") is True
    assert wang.reach.leads_region(Region.objects.get(code="37"), "reviewer") is False


def test_an_administrator_of_the_lead_office_leads_nothing(zhao):
    assert zhao.reach.leads() == []
    assert zhao.reach.leads("auditor") == ["37/3701/"]
    assert not Region.objects.filter(zhao.reach.led("path")).exists()


def test_what_is_led_can_be_asked_for_by_any_path(wang, city_with_people):
    led = Agency.objects.filter(wang.reach.led("region__path", "reviewer", "editor"))
    assert set(led) == set(Agency.objects.within(["37/3701/"]))
    assert not Agency.objects.filter(wang.reach.led("region__path", "editor")).exists()


def test_reach_takes_one_query_whatever_the_number_of_roles(
    city_with_people, union, league, django_assert_num_queries
):
    one = employ(city_with_people, "one", "一", union, "干事", "reporter")
    three = employ(
        city_with_people, "three", "三", union, "科长", "reporter", "signer", "line_reviewer"
    )
    for user, count in ((one, 1), (three, 3)):
        again = fresh(user)
        with django_assert_num_queries(1):
            assert len(again.reach.held) == count
        with django_assert_num_queries(0):
            assert len(again.reach.held) == count


def test_a_proposed_role_counts_only_when_confirmed(li, zhou, qian):
    grant = propose_role(li.appointments.get(), "signer", by=qian)
    assert fresh(li).reach.roles == {"reporter"}
    confirm_roles([grant], by=zhou)
    assert fresh(li).reach.roles == {"reporter", "signer"}


def test_a_revoked_role_counts_no_more(li, zhou):
    revoke_role(RoleGrant.objects.get(appointment__user=li), reason="岗位调整", by=zhou)
    assert fresh(li).reach.roles == set()


def test_a_disabled_user_reaches_nothing(li, qian):
    disable(li, reason="离职", by=qian)
    assert fresh(li).reach.roles == set()


def test_roles_of_a_closed_agency_do_not_count(sun, league, qian):
    close_agency(league, reason="撤并", by=qian)
    assert fresh(sun).reach.roles == set()


def test_roles_end_with_the_post(li, qian):
    end_appointment(li.appointments.get(), by=qian)
    assert fresh(li).reach.roles == set()


@pytest.mark.parametrize(
    ("days", "roles"), [(-1, set()), (0, {"reporter"}), (9, {"reporter"}), (10, set())]
)
def test_a_dated_post_counts_from_its_first_to_its_last_day(days, roles, li, league, qian, zhou):
    today = timezone.localdate()
    end_appointment(li.appointments.get(), by=qian)
    post = appoint(li, league, "挂职", starts=today, ends=today + timedelta(days=9), by=qian)
    confirm_roles([propose_role(post, "reporter", by=qian)], by=zhou)
    assert fresh(li).reach_on(today + timedelta(days=days)).agencies() == (
        {league.pk} if roles else set()
    )


def test_a_refreshed_user_forgets_what_they_could_do(li, zhou):
    assert li.reach.roles == {"reporter"}
    revoke_role(RoleGrant.objects.get(appointment__user=li), reason="岗位调整", by=zhou)
    li.refresh_from_db()
    assert li.reach.roles == set()


def test_superiors_see_their_subordinates_and_others_do_not(city_with_people, union, li, sun, qian):
    county = agency(
        "union", Region.objects.get(code="370102"), "历下区总工会", "历下区总工会", by=qian
    )
    town = agency(
        "union",
        Region.objects.get(code="370102001"),
        "解放路街道总工会",
        "解放路街道总工会",
        by=qian,
    )
    assert (county.superior, town.superior) == (union, county)
    assert set(Agency.objects.visible_to(li)) == {union, county, town}
    assert county not in Agency.objects.visible_to(sun)


def test_the_lead_office_sees_every_agency_of_its_city(wang, union, league, lead_office):
    assert set(Agency.objects.visible_to(wang)) == {union, league, lead_office}


def test_administrators_see_every_agency(qian, zhou, zhao):
    for user in (qian, zhou, zhao):
        assert Agency.objects.visible_to(user).count() == 3


def test_a_person_without_a_role_sees_no_agency(qian):
    nobody = User.objects.create_user("nobody", name="无")
    assert list(Agency.objects.visible_to(nobody)) == []
    assert list(User.objects.visible_to(nobody)) == [nobody]


def test_people_see_the_people_of_the_agencies_they_see(li, zhang, sun, wang, wu, zheng):
    assert set(User.objects.visible_to(li)) == {li, zhang}
    assert set(User.objects.visible_to(wang)) == {li, zhang, sun, wang, wu, zheng}
