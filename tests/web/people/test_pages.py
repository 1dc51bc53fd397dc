"""Whose desks these are, and what stands on them."""

import pytest
from django.urls import reverse

from accounts.models import Agency, AuditEntry, Line, Region, RoleGrant, User
from accounts.services import create_agency, manage_for, open_account, propose_role
from tests.cast import agency

pytestmark = pytest.mark.django_db
EVERYBODY = {"li", "zhang", "sun", "wang", "wu", "zheng", "zhao", "qian", "zhou"}
DESKS = {
    "user-list": {"qian", "zhou", "wang"},
    "user-new": {"qian"},
    "agency-list": {"qian", "wang"},
    "agency-new": {"qian", "wang"},
    "line-list": {"qian", "wang"},
    "region-list": {"qian"},
    "grant-list": {"zhou"},
    "audit-log": {"zhao"},
}


@pytest.mark.parametrize("page", DESKS)
def test_a_desk_is_there_for_its_people_only(page, city_with_people, sign_in):
    answers = {
        name: sign_in(user).get(reverse(page)).status_code
        for name, user in city_with_people.people.items()
    }
    assert answers == {name: 200 if name in DESKS[page] else 404 for name in EVERYBODY}


def pages_of(city_with_people, name):
    people = city_with_people.people
    grant = RoleGrant.objects.get(appointment__user=people["li"])
    return {
        "user-page": people["li"].pk,
        "hand-over": people["li"].appointments.get().pk,
        "agency-page": city_with_people.union.pk,
        "line-edit": Line.objects.first().pk,
        "region-page": city_with_people.region.pk,
        "grant-revoke": grant.pk,
        "audit-entry": AuditEntry.objects.first().pk,
    }[name]


RECORDS = {
    "user-page": {"qian", "zhou", "wang"},
    "hand-over": {"qian", "wang"},
    "agency-page": {"qian", "wang"},
    "line-edit": {"qian", "wang"},
    "region-page": {"qian"},
    "grant-revoke": {"zhou"},
    "audit-entry": {"zhao"},
}


@pytest.mark.parametrize("page", RECORDS)
def test_a_record_is_there_for_its_people_only(page, city_with_people, sign_in):
    address = reverse(page, args=[pages_of(city_with_people, page)])
    answers = {
        name: sign_in(user).get(address).status_code
        for name, user in city_with_people.people.items()
    }
    assert answers == {name: 200 if name in RECORDS[page] else 404 for name in EVERYBODY}


def test_a_reviewer_does_not_find_administrators_among_her_people(sign_in, wang, qian):
    browser = sign_in(wang)
    assert browser.get(reverse("user-page", args=[qian.pk])).status_code == 404
    assert qian not in browser.get(reverse("user-list")).context["listing"]


def more_people(count, city_with_people):
    qian, union = city_with_people.people["qian"], city_with_people.union
    known = User.objects.count()
    for number in range(known, known + count):
        user, _ = open_account(name=f"人{number}", by=qian)
        post = user.appointments.create(agency=union, post="干事", starts="2020-01-01")
        propose_role(post, "reporter", by=qian)
        agency("union", Region.objects.get(code="370102"), f"工会{number}", f"会{number}", by=qian)


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("user-list", "qian"),
        ("user-list", "wang"),
        ("agency-list", "qian"),
        ("agency-list", "wang"),
        ("region-list", "qian"),
        ("grant-list", "zhou"),
        ("audit-log", "zhao"),
    ],
)
def test_a_list_costs_the_same_with_more_rows(
    page, who, city_with_people, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    browser = sign_in(city_with_people.people[who])
    more_people(1, city_with_people)
    browser.get(reverse(page))
    with django_assert_max_num_queries(40) as first:
        browser.get(reverse(page))
    more_people(3, city_with_people)
    with django_assert_num_queries(len(first.captured_queries)):
        browser.get(reverse(page))


@pytest.mark.parametrize(("page", "who"), [("user-page", "qian"), ("agency-page", "qian")])
def test_a_page_costs_the_same_with_more_posts(
    page, who, city_with_people, sign_in, django_assert_num_queries, django_assert_max_num_queries
):
    li, union = city_with_people.people["li"], city_with_people.union
    browser = sign_in(city_with_people.people[who])
    address = reverse(page, args=[li.pk if page == "user-page" else union.pk])
    browser.get(address)
    with django_assert_max_num_queries(40) as first:
        browser.get(address)
    for post in ("科员", "科长", "主任"):
        li.appointments.create(agency=union, post=post, starts="2020-01-01")
    with django_assert_num_queries(len(first.captured_queries)):
        browser.get(address)


# --- accounts -----------------------------------------------------------------------------------


def test_a_new_account_shows_its_one_time_password_once(sign_in, qian):
    browser = sign_in(qian)
    posted = {"name": "冯", "username": "feng", "kind": "business", "phone": ""}
    response = browser.post(reverse("user-new"), posted)
    feng = User.objects.get(username="feng")
    assert response.url == reverse("user-page", args=[feng.pk])
    page = browser.get(response.url)
    password = page.context["password"]
    assert feng.check_password(password) is True
    assert password in page.content.decode()
    assert password not in browser.get(response.url).content.decode()


def test_a_taken_user_name_is_said_at_its_field_and_nothing_typed_is_lost(sign_in, qian, li):
    posted = {"name": "李二", "username": "LI", "kind": "business", "phone": "12345"}
    page = sign_in(qian).post(reverse("user-new"), posted)
    assert page.context["form"].errors == {"username": ["这个用户名已被使用，请换一个。"]}
    assert 'value="12345"' in page.content.decode()
    assert User.objects.filter(name="李二").count() == 0


def test_people_are_found_by_name_agency_kind_and_state(sign_in, qian, li, zhang, sun):
    browser = sign_in(qian)

    def found(**query):
        return {
            user.username for user in browser.get(reverse("user-list"), query).context["listing"]
        }

    assert found(q="李") == {"li"}
    assert found(q="ZHANG") == {"zhang"}
    assert found(agency="总工会") == {"li", "zhang"}
    assert found(kind="audit") == {"zhao"}
    User.objects.filter(pk=sun.pk).update(is_active=False)
    assert found(is_active="0") == {"sun"}
    assert found(q="没有此人") == set()


def test_an_account_is_edited_disabled_and_enabled_on_its_page(sign_in, qian, li):
    browser = sign_in(qian)
    page = reverse("user-page", args=[li.pk])
    posted = {"name": "李一", "username": "liyi", "phone": "1"}
    assert browser.post(reverse("user-edit", args=[li.pk]), posted).url == page
    assert browser.post(reverse("user-disable", args=[li.pk]), {"reason": "离职"}).url == page
    li.refresh_from_db()
    assert (li.name, li.username, li.phone, li.is_active) == ("李一", "liyi", "1", False)
    browser.post(reverse("user-enable", args=[li.pk]))
    li.refresh_from_db()
    assert li.is_active is True


def test_disabling_without_a_reason_changes_nothing(sign_in, qian, li):
    page = sign_in(qian).post(reverse("user-disable", args=[li.pk]), {"reason": ""})
    assert page.context["disable_form"].errors == {"reason": ["该字段是必填项。"]}
    li.refresh_from_db()
    assert li.is_active is True


def test_a_reset_password_is_shown_once_on_the_account_page(sign_in, qian, li):
    browser = sign_in(qian)
    response = browser.post(reverse("user-reset", args=[li.pk]))
    password = browser.get(response.url).context["password"]
    li.refresh_from_db()
    assert (li.check_password(password), li.must_change_password) == (True, True)
    assert browser.get(response.url).context["password"] == ""


def test_the_system_administrator_may_not_reset_the_security_administrator(sign_in, qian, zhou):
    before = zhou.password
    response = sign_in(qian).post(reverse("user-reset", args=[zhou.pk]))
    assert response.status_code == 409
    zhou.refresh_from_db()
    assert zhou.password == before
    refusal = AuditEntry.objects.latest("seq")
    assert (refusal.act, refusal.outcome, refusal.actor) == ("user-reset", "refused", qian)


# --- posts and roles ------------------------------------------------------------------------------


def test_a_post_with_roles_is_registered_and_confirmed_on_pages(sign_in, qian, zhou, sun, league):
    post = {"agency": league.pk, "post": "副部长", "roles": ["reporter", "signer"]}
    post |= {"starts": "2024-01-01", "ends": "", "speaking_order": "2"}
    sign_in(qian).post(reverse("appointment-new", args=[sun.pk]), post)
    appointment = sun.appointments.get(post="副部长")
    assert list(appointment.grants.values_list("role", "confirmed_at")) == [
        ("reporter", None),
        ("signer", None),
    ]
    browser = sign_in(zhou)
    listed = browser.get(reverse("grant-list")).context["listing"]
    chosen = [grant.pk for grant in listed]
    assert set(chosen) == set(appointment.grants.values_list("pk", flat=True))
    response = browser.post(reverse("grant-confirm"), {"grant": chosen}, follow=True)
    assert "已确认2项角色，立即生效。" in response.content.decode()
    assert RoleGrant.objects.pending().count() == 0


def test_a_post_that_ends_before_it_begins_is_said_at_its_field(sign_in, qian, sun, league):
    post = {"agency": league.pk, "post": "副部长", "starts": "2024-02-01", "ends": "2024-01-01"}
    page = sign_in(qian).post(reverse("appointment-new", args=[sun.pk]), post)
    assert page.context["appointment_form"].errors == {"ends": ["止期不能早于起期。"]}
    assert sun.appointments.count() == 1


def test_a_post_ends_and_a_role_is_proposed_on_the_account_page(sign_in, qian, li):
    post = li.appointments.get()
    browser = sign_in(qian)
    browser.post(reverse("role-propose", args=[post.pk]), {"role": "signer"})
    assert post.grants.pending().get().role == "signer"
    browser.post(reverse("appointment-end", args=[post.pk]), {"ends": "2030-12-31"})
    post.refresh_from_db()
    assert str(post.ends) == "2030-12-31"


@pytest.mark.parametrize(
    ("page", "posted", "said"),
    [
        ("role-propose", {"role": "emperor"}, "请从列表中选择角色。"),
        ("appointment-end", {"ends": "never"}, "日期不正确，任职没有改动。"),
    ],
)
def test_a_wrong_entry_on_a_post_is_said_and_changes_nothing(page, posted, said, sign_in, qian, li):
    post = li.appointments.get()
    response = sign_in(qian).post(reverse(page, args=[post.pk]), posted, follow=True)
    assert said in response.content.decode()
    assert (post.grants.count(), li.appointments.get().ends) == (1, None)


def test_a_post_is_handed_over_on_its_page(sign_in, qian, li, sun):
    post = li.appointments.get()
    posted = {"to": sun.pk, "note": "调动"}
    response = sign_in(qian).post(reverse("hand-over", args=[post.pk]), posted)
    assert response.url == reverse("user-page", args=[sun.pk])
    assert sun.appointments.filter(agency=post.agency, post=post.post).exists()


def test_nothing_ticked_confirms_nothing(sign_in, zhou, qian, li):
    propose_role(li.appointments.get(), "signer", by=qian)
    response = sign_in(zhou).post(reverse("grant-confirm"), {"grant": ["x"]}, follow=True)
    assert "没有选中任何角色" in response.content.decode()
    assert RoleGrant.objects.pending().count() == 1


def test_a_role_is_taken_back_with_a_reason(sign_in, zhou, li):
    grant = RoleGrant.objects.get(appointment__user=li)
    browser = sign_in(zhou)
    address = reverse("grant-revoke", args=[grant.pk])
    assert browser.post(address, {"reason": ""}).status_code == 200
    assert browser.post(address, {"reason": "调岗"}).url == reverse("grant-list")
    grant.refresh_from_db()
    assert grant.revoked_by == zhou


def test_grants_are_found_by_state(sign_in, zhou, qian, li):
    propose_role(li.appointments.get(), "signer", by=qian)
    browser = sign_in(zhou)

    def found(**query):
        listing = browser.get(reverse("grant-list"), query).context["listing"]
        return {(grant.appointment.user.username, grant.role) for grant in listing}

    assert found() == {("li", "signer")}
    assert found(state="pending") == {("li", "signer")}
    assert found(state="standing", q="李") == {("li", "reporter")}
    assert found(state="revoked") == set()


# --- agencies and lines -----------------------------------------------------------------------------


def new_agency(**changes):
    line = Line.objects.get(code="union")
    fields = {"line": line.pk, "region_code": "370102", "name": "历下区总工会", "short_name": ""}
    return fields | {"spoken_name": "", "superior": ""} | changes


def test_an_agency_is_founded_under_its_default_superior(sign_in, qian, union):
    response = sign_in(qian).post(reverse("agency-new"), new_agency())
    made = Agency.objects.get(name="历下区总工会")
    assert response.url == reverse("agency-page", args=[made.pk])
    assert (made.superior, made.short_name, made.leads) == (union, "历下区总工会", None)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"region_code": "990000"}, {"region_code": ["没有这个区划代码，请到“区划”中核对。"]}),
        ({"region_code": "abc"}, {"region_code": ["没有这个区划代码，请到“区划”中核对。"]}),
        ({"name": "济南市总工会"}, {"name": ["已有同名机构。"]}),
    ],
)
def test_a_wrong_entry_for_an_agency_is_said_at_its_field(changes, errors, sign_in, qian, union):
    page = sign_in(qian).post(reverse("agency-new"), new_agency(**changes))
    assert page.context["form"].errors == errors


def test_an_agency_is_renamed_moved_edited_and_closed_on_its_page(sign_in, qian, union, league):
    browser = sign_in(qian)
    names = {"name": "济南总工会", "short_name": "总工会", "spoken_name": "市总"}
    browser.post(reverse("agency-rename", args=[league.pk]), names | {"since": "2020-01-01"})
    browser.post(
        reverse("agency-move", args=[league.pk]), {"superior": union.pk, "since": "2020-01-01"}
    )
    general = Line.objects.get(code="general")
    browser.post(reverse("agency-edit", args=[league.pk]), {"line": general.pk, "is_guest": "on"})
    browser.post(reverse("agency-close", args=[league.pk]), {"reason": "撤并"})
    league.refresh_from_db()
    assert (league.name, league.spoken_name, league.superior) == ("济南总工会", "市总", union)
    assert (league.line, league.is_guest, league.active) == (general, True, False)
    browser.post(reverse("agency-reopen", args=[league.pk]))
    league.refresh_from_db()
    assert league.active is True


@pytest.mark.parametrize(
    ("page", "posted", "form"),
    [
        ("agency-rename", {"name": ""}, "rename_form"),
        ("agency-move", {"since": "x"}, "move_form"),
        ("agency-edit", {"line": ""}, "edit_form"),
        ("agency-close", {"reason": ""}, "close_form"),
    ],
)
def test_an_incomplete_form_of_an_agency_comes_back(page, posted, form, sign_in, qian, league):
    response = sign_in(qian).post(reverse(page, args=[league.pk]), posted)
    assert response.status_code == 200
    assert response.context[form].is_valid() is False


def test_an_agency_becomes_and_ceases_to_be_a_lead_office(sign_in, qian):
    county = agency("union", Region.objects.get(code="370102"), "历下区总工会", "区总", by=qian)
    browser = sign_in(qian)
    browser.post(reverse("agency-lead", args=[county.pk]))
    county.refresh_from_db()
    assert county.leads == county.region
    browser.post(reverse("agency-lead", args=[county.pk]))
    county.refresh_from_db()
    assert county.leads is None


def test_agencies_are_found_by_old_names_too(sign_in, qian, league):
    names = {"name": "济南团市委", "short_name": "团市委", "spoken_name": "团市委"}
    browser = sign_in(qian)
    browser.post(reverse("agency-rename", args=[league.pk]), names | {"since": "2020-01-01"})
    listing = browser.get(reverse("agency-list"), {"q": "共青团济南市委员会"}).context["listing"]
    assert list(listing) == [league]


def test_lines_are_added_and_renamed(sign_in, wang):
    browser = sign_in(wang)
    browser.post(reverse("line-list"), {"name": "残联", "order": "9"})
    line = Line.objects.get(name="残联")
    browser.post(reverse("line-edit", args=[line.pk]), {"name": "市残联", "order": "8"})
    line.refresh_from_db()
    assert (line.name, line.order) == ("市残联", 8)
    page = browser.post(reverse("line-list"), {"name": "市残联", "order": "1"})
    assert page.context["form"].errors == {"name": ["具有 条线 的 条线 已存在。"]}


# --- regions ------------------------------------------------------------------------------------


def test_a_reporting_area_is_registered_under_its_city(sign_in, qian, city):
    browser = sign_in(qian)
    posted = {"code": "3701gx", "name": "济南高新区", "since": ""}
    browser.post(reverse("area-new", args=[city.pk]), posted)
    area = Region.objects.get(code="3701GX")
    assert (area.parent, area.path, area.kind, area.level) == (
        city,
        "37/3701/3701GX/",
        "area",
        "county",
    )
    assert browser.post(reverse("area-new", args=[city.pk]), posted).status_code == 409
    assert browser.post(reverse("area-new", args=[city.pk]), {}).context["area_form"].errors != {}


def test_a_township_managed_elsewhere_is_registered_and_ended(sign_in, qian):
    town, county = Region.objects.get(code="370102001"), Region.objects.get(code="370103")
    browser = sign_in(qian)
    address = reverse("region-manage", args=[town.pk])
    browser.post(address, {"manager_code": "370103", "note": "代管"})
    overlap = town.overlaps.get()
    assert (overlap.managed_by, overlap.valid_to) == (county, None)
    browser.post(reverse("overlap-end", args=[overlap.pk]))
    overlap.refresh_from_db()
    assert overlap.valid_to is not None
    assert browser.post(reverse("overlap-end", args=[overlap.pk])).status_code == 404
    assert browser.post(address, {"manager_code": "1"}).context["manager_form"].errors != {}


def test_the_page_of_a_region_shows_who_manages_whom(sign_in, qian):
    town, county = Region.objects.get(code="370102001"), Region.objects.get(code="370103")
    manage_for(town, county, note="开发区", by=qian)
    browser = sign_in(qian)
    assert (
        "由市中区代管（开发区）"
        in browser.get(reverse("region-page", args=[town.pk])).content.decode()
    )
    assert "解放路街道" in browser.get(reverse("region-page", args=[county.pk])).content.decode()


def test_the_end_of_a_region_is_registered(sign_in, qian):
    county = Region.objects.get(code="370124")
    browser = sign_in(qian)
    address = reverse("region-retire", args=[county.pk])
    browser.post(address, {"ends": "2030-12-31"})
    county.refresh_from_db()
    assert str(county.valid_to) == "2030-12-31"
    assert browser.post(address, {"ends": "x"}).context["retire_form"].errors != {}


# --- audit --------------------------------------------------------------------------------------


def test_the_record_is_listed_newest_first_and_narrowed(sign_in, zhao, qian, li):
    browser = sign_in(zhao)

    def acts(**query):
        rows = browser.get(reverse("audit-log"), query).context["window"].rows
        return [(entry.actor_name, entry.words) for entry in rows]

    assert acts()[0] == ("周", "确认角色")
    assert set(acts(actor="钱", target="李")) == {
        ("钱", "开立账号"),
        ("钱", "登记任职"),
        ("钱", "提请角色"),
    }
    assert set(acts(act="确认")) == {("周", "确认角色")}
    assert acts(act="没有这种操作") == []
    assert acts(outcome="failed") == []
    assert acts(until="2000-01-01") == []


def test_the_chain_is_proved_on_the_page(sign_in, zhao):
    response = sign_in(zhao).post(reverse("audit-verify"), follow=True)
    assert "审计链完整，没有发现改动或缺失。" in response.content.decode()
    assert AuditEntry.objects.latest("seq").act == "audit.verify"


def test_the_record_is_exported_with_its_seals(sign_in, zhao, qian):
    create_agency(
        line=Line.objects.get(code="union"),
        region=Region.objects.get(code="370102"),
        name="=1+1",
        by=qian,
    )
    address = reverse("audit-export") + "?target=1%2B1"
    response = sign_in(zhao).post(address)
    head, row = b"".join(response.streaming_content).decode().splitlines()
    assert head == "\ufeff序号,时间,操作人,操作,结果,对象,内容,前一条摘要,摘要"
    entry = AuditEntry.objects.get(act="agency.create", target_label="=1+1")
    assert row.startswith(f"{entry.seq},")
    assert ",钱,建立机构,已完成,'=1+1," in row
    assert row.endswith(f"{entry.previous_hash},{entry.hash}")
    assert response["Content-Disposition"].startswith('attachment; filename="audit-')


def test_an_entry_shows_what_it_holds_and_that_it_is_whole(sign_in, zhao):
    entry = AuditEntry.objects.filter(act="role.propose").first()
    page = sign_in(zhao).get(reverse("audit-entry", args=[entry.pk]))
    assert page.context["whole"] is True
    assert ("角色", "签发") in page.context["content"]
    assert entry.hash in page.content.decode()
