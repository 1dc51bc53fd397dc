"""The dated roster: who speaks, hosts and reads is who was in office on the day of the document."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests.cast import SINCE
from tests.releases.proof.kit import blocking
from tracker.documents.text import write_text
from tracker.releases.house.roster import change, enter, strike
from tracker.releases.issuing import latest
from tracker.releases.models import RosterPerson
from tracker.releases.proof import prove_text
from tracker.releases.proof.grounding import ground_of
from tracker.releases.recording import document_of
from tracker.workflow import Stale

SPEAKER, HOST, READER = "speaker", "host", "reader"


@pytest.fixture
def entered(city, wu):
    def enter_(part=SPEAKER, **fields):
        usual = {"agency": None, "body": "", "name": "马致远", "post": "副主席", "order": 1,
                 "starts": SINCE, "ends": None}  # fmt: skip
        return enter(city, by=wu, part=part, **{**usual, **fields})

    return enter_


def script(approved, day="2021年4月16日", **more) -> str:
    version = approved.version(settings={"日期": f"{day}9:30", **more})
    return write_text(document_of(version))


def test_a_speaker_without_an_account_is_presented_and_addressed(approved, union, entered):
    entered(agency=union)
    words = script(approved)
    assert "出席今天发布会的有：济南市总工会副主席马致远。" in words
    assert "感谢马主席的发布。" in words
    assert approved.version(settings={}).snapshot["guests"] == [f"r{RosterPerson.objects.get().pk}"]


@pytest.mark.parametrize(
    ("day", "name"),
    [("2020年6月30日", "马致远"), ("2020年7月1日", "白朴"), ("2021年4月16日", "白朴")],
)
def test_who_is_printed_is_who_held_the_post_on_the_day(approved, union, entered, day, name):
    entered(agency=union, ends=date(2020, 6, 30))
    entered(agency=union, name="白朴", starts=date(2020, 7, 1))
    assert f"济南市总工会副主席{name}" in script(approved, day)


def test_the_first_in_order_speaks_an_account_before_a_row_of_the_roster(
    approved, union, entered, zhang
):
    entered(agency=union, order=2)
    zhang.appointments.update(speaking_order=2)
    assert "济南市总工会副主席张，" in script(approved) or "副主席张。" in script(approved)
    entered(agency=union, order=1, name="白朴")
    assert "副主席白朴" in script(approved)


def test_who_has_left_is_still_printed_for_a_day_when_he_was_there(approved, zhang):
    zhang.appointments.update(speaking_order=1, ends=date(2020, 12, 31))
    zhang.is_active = False
    zhang.save()
    assert "副主席张" in script(approved, "2020年12月1日")
    assert "【待补：市总工会发布人职务、姓名】" in script(approved, "2021年1月1日")


def test_an_account_that_was_shut_without_a_last_day_speaks_no_more(approved, zhang):
    zhang.appointments.update(speaking_order=1)
    zhang.is_active = False
    zhang.save()
    assert "副主席张" not in script(approved)


def test_the_host_of_the_day_is_in_the_chair_unless_another_is_named(approved, entered):
    entered(HOST, body="市委宣传部", post="副部长", name="关汉卿", ends=date(2020, 12, 31))
    entered(HOST, body="市委宣传部", post="新闻处处长", name="王实甫", starts=date(2021, 1, 1))
    assert "主持人：市委宣传部副部长关汉卿" in script(approved, "2020年12月31日")
    assert "主持人：市委宣传部新闻处处长王实甫" in script(approved)
    assert "主持人：孟远" in script(approved, 主持人="孟远")


def test_a_special_report_goes_to_the_reader_of_the_day(approved, entered):
    entered(READER, body="市政府", post="副市长", name="郑光祖")
    version = approved.version("专报", settings={"日期": "2021年4月16日"})
    assert document_of(version).lines("foot")[0] == "呈报：市政府副市长郑光祖"


def test_the_roster_is_what_posts_in_a_text_are_proved_by(approved, city, year, entered):
    entered("named", body="市政府", post="副市长", name="郑光祖")
    ground = ground_of(city, year)
    assert blocking(prove_text("市委书记郑光祖出席。", ground)) == {"Z02"}
    assert blocking(prove_text("副市长郑光祖出席。", ground)) == set()


def test_the_audit_of_a_change_holds_old_and_new(union, entered, wang):
    person = entered(agency=union)
    fields = {"part": SPEAKER, "agency": union, "body": "", "name": "马致远", "post": "主席",
              "order": 1, "starts": SINCE, "ends": date(2026, 1, 1)}  # fmt: skip
    change(person, by=wang, version=1, **fields)
    data = AuditEntry.objects.get(act="roster.change").data
    assert (data["before"]["post"], data["after"]["post"]) == ("副主席", "主席")
    assert (data["before"]["ends"], data["after"]["ends"]) == (None, "2026-01-01")
    with pytest.raises(Stale):
        strike(person, by=wang, version=1)


def test_who_was_entered_by_mistake_is_struck_and_stays_on_record(approved, union, entered, wu):
    strike(entered(agency=union), by=wu, version=1)
    assert "马致远" not in script(approved)
    assert RosterPerson.objects.get().active is False
    assert AuditEntry.objects.filter(act="roster.strike").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends": date(2014, 1, 1)}, "ends"),
        ({"agency": None}, "agency"),
        ({"name": "马致远", "starts": date(2020, 1, 1)}, "name"),
    ],
)
def test_what_contradicts_itself_or_another_row_is_said_at_its_field(union, entered, fields, field):
    entered(agency=union)
    with pytest.raises(ValidationError) as problem:
        entered(**{"agency": union, "name": "白朴", **fields})
    assert list(problem.value.message_dict) == [field]


@pytest.mark.parametrize("who", ["li", "zheng", "zhao", "qian"])
def test_others_than_those_who_compile_are_refused(city, city_with_people, union, who):
    with pytest.raises(Refused, match="主管和编辑"):
        enter(city, by=city_with_people.people[who], part=SPEAKER, agency=union, body="",
              name="马致远", post="副主席", order=1, starts=SINCE, ends=None)  # fmt: skip


def test_a_release_keeps_the_host_it_was_compiled_with(approved, entered, wu):
    person = entered(HOST, body="市委宣传部", post="副部长", name="关汉卿")
    release = approved.compile(settings={"日期": "2021年4月16日9:30"})
    strike(person, by=wu, version=1)
    release.refresh_from_db()
    assert release.settings["主持人"] == "市委宣传部副部长关汉卿"
    assert "关汉卿" in write_text(document_of(latest(release)))
