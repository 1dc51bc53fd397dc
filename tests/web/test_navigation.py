"""The entries at the left and the first page after signing in."""

from itertools import combinations
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.models.roles import Kind
from tests.cast import employ
from tracker.catalogue.models import City
from tracker.web import navigation

BUSINESS = [role for role in Role if role.kind == Kind.BUSINESS]


def holding(*roles):
    return SimpleNamespace(reach=SimpleNamespace(roles=set(roles)))


@pytest.mark.parametrize("entry", navigation.ENTRIES, ids=lambda entry: entry.page)
def test_every_entry_has_its_page(entry):
    assert reverse(entry.page).startswith("/")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_desk(role):
    assert len(navigation.of(holding(role))) > 0


def test_nobody_has_more_than_seven_entries():
    for size in range(1, len(BUSINESS) + 1):
        for roles in combinations(BUSINESS, size):
            assert len(navigation.of(holding(*roles))) <= 7


def test_an_administrator_sees_no_business_page():
    pages = {item.page for item in navigation.of(holding("system_admin"))}
    assert pages == {
        "agency-list", "user-list", "region-list", "schedule-list", "job-list", "channel-list",
    }  # fmt: skip


def test_a_supervisor_begins_with_who_has_filed():
    assert [item.title for item in navigation.of(holding("supervisor"))] == [
        "报送进度", "文稿", "取数",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_entry_of_the_page_is_marked(qian):
    links = navigation.links(qian, reverse("user-list"))
    assert [link.title for link in links if link.current] == ["人员"]


@pytest.mark.django_db
def test_the_first_page_is_the_desk_of_the_role(sign_in, qian, zhao):
    assert sign_in(qian).get("/")["Location"] == reverse("agency-list")
    assert sign_in(zhao).get("/")["Location"] == reverse("audit-log")


@pytest.mark.django_db
def test_without_a_role_the_first_page_says_whom_to_ask(sign_in, city_with_people, union):
    nobody = employ(city_with_people, "nobody", "何", union, "干事")
    page = sign_in(nobody).get("/")
    assert (page.status_code, "您的账号还没有可用的角色" in page.text) == (200, True)
    assert "尚未授予角色" in page.text


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_door(client):
    assert client.get("/")["Location"].startswith(reverse("sign-in"))


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demo", "marked"), [(True, True), (False, False)])
def test_a_demonstration_is_marked_on_every_page(sign_in, client, li, city, is_demo, marked):
    City.objects.create(region=city, is_demo=is_demo)
    assert ("演示数据" in client.get(reverse("sign-in")).text) is marked
    assert ("演示数据" in sign_in(li).get("/notices/").text) is marked
