"""The house style: versions with old and new values, and what a document compiled with it says."""

from datetime import date

import pytest

from accounts.models import AuditEntry, Region
from accounts.rules import Refused
from tests import factories
from tests.releases.kit import text_of
from tests.releases.walking import ready
from tracker.catalogue.spans import span_of
from tracker.documents.canonical import to_json
from tracker.documents.text import write_text
from tracker.documents.tree import Table, plain
from tracker.releases.compiling import compile_release, compose
from tracker.releases.genres import genre, genres
from tracker.releases.house.keeping import house_at, newest, set_house, style_of
from tracker.releases.house.style import House, house_from, say_issue, say_total
from tracker.releases.issuing import issue, latest
from tracker.releases.models import HouseStyle, Release
from tracker.releases.recompiling import recompile
from tracker.releases.recording import document_of
from tracker.releases.snapshot import take
from tracker.workflow import Stale

ON = date(2026, 6, 1)
BRIEF = {
    "刊名": "泉城民生简报",
    "编印单位": "市协调办综合处编印",
    "期号写法": "第{期号}号",
    "总期号写法": "（总{总期号}）",
    "报": "市委、市政府领导",
    "发": "各区县协调办",
    "份数": "80",
}
TITLES = {"进展标题": ("一线进展",), "打算标题": ("下一步安排",)}


def brief(**more) -> House:
    return House(settings={"brief": BRIEF}, formulas={"brief": TITLES}, **more)


@pytest.fixture
def kept(city, wu):
    return set_house(city, brief(), by=wu, version=0)


def paper(release) -> str:
    return write_text(document_of(latest(release)))


def test_the_first_version_is_kept_with_its_person_and_the_audit_says_what_changed(city, wu, kept):
    assert (kept.number, kept.by, newest(city)) == (1, wu, kept)
    changes = AuditEntry.objects.get(act="house_style.set").data["changes"]
    assert changes["settings/brief/刊名"] == [None, "泉城民生简报"]
    assert changes["formulas/brief/进展标题"] == [None, ["一线进展"]]


def test_a_later_version_names_old_and_new_of_what_differs_only(city, wang, kept):
    other = House(settings={"brief": {**BRIEF, "份数": "60"}}, formulas={"brief": TITLES})
    set_house(city, other, by=wang, version=1, note="减少份数")
    entry = AuditEntry.objects.filter(act="house_style.set").latest("seq")
    assert entry.data == {"changes": {"settings/brief/份数": ["80", "60"]}, "note": "减少份数"}
    assert [row.number for row in HouseStyle.objects.all()] == [2, 1]


def test_two_who_set_it_at_once_are_told(city, wu, wang, kept):
    set_house(city, House(range_mark="～"), by=wang, version=1)
    with pytest.raises(Stale):
        set_house(city, House(range_mark="至"), by=wu, version=1)


def test_nothing_new_makes_no_version(city, wu, kept):
    with pytest.raises(Refused, match="没有改动"):
        set_house(city, brief(), by=wu, version=1)


@pytest.mark.parametrize("who", ["li", "zhang", "zheng", "zhao", "qian"])
def test_others_than_those_who_compile_are_refused(city, city_with_people, who):
    with pytest.raises(Refused, match="主管和编辑"):
        set_house(city, House(range_mark="～"), by=city_with_people.people[who], version=0)


def test_a_county_without_its_own_uses_that_of_the_city(city, wu, kept):
    county = Region.objects.get(code="370102")
    assert house_at(county) == house_at(city)
    set_house(county, House(range_mark="～"), by=wu, version=0)
    assert (house_at(county).range_mark, house_at(city).range_mark) == ("～", "")


def test_plain_values_and_back(kept):
    whole = brief(order=(3, 1), range_mark="至")
    assert house_from(whole.as_json()) == whole
    assert House().as_json() == {}


def test_a_brief_says_the_masthead_the_titles_the_readers_and_the_number_as_they_were_set(
    approved, kept
):
    release = approved.compile("简报", settings={"日期": "2021年4月16日"})
    words = paper(release)
    for said in ("泉城民生简报", "市协调办综合处编印", "第　号", "一、一线进展", "报：市委、市政府领导。",
                 "发：各区县协调办。", "共印80份"):  # fmt: skip
        assert said in words
    assert "工作简报" not in words
    assert release.settings["刊名"] == "泉城民生简报"


def test_what_is_said_for_one_document_goes_before_the_city(approved, kept):
    settings = {"刊名": "专刊", "报": "市长", "份数": "5份"}
    words = paper(approved.compile("简报", settings=settings))
    assert ("专刊" in words, "报：市长。" in words, "共印5份" in words) == (True, True, True)
    assert "发：各区县协调办。" in words


def test_the_number_is_given_in_the_citys_words(approved, kept, city_with_people, zheng):
    draft = approved.compile("简报", settings={"日期": "2021年4月16日"})
    release = ready(draft, city_with_people.people)
    issued = issue(release, by=zheng, version=Release.objects.get(pk=release.pk).version)
    assert document_of(latest(issued)).line("issue") == "第1号"


def test_a_draft_keeps_what_it_was_compiled_with(approved, city, wu, kept):
    draft = approved.compile("简报")
    before = to_json(document_of(latest(draft)))
    set_house(city, House(settings={"brief": {"刊名": "新刊"}}), by=wu, version=1)
    draft.refresh_from_db()
    assert to_json(document_of(latest(draft))) == before
    assert style_of(latest(draft)).office == "市协调办综合处编印"
    assert latest(draft).snapshot["house"] == kept.pk
    later = approved.compile("简报")
    assert document_of(latest(later)).line("masthead") == "新刊"


def test_the_same_snapshot_gives_the_same_bytes_after_the_style_has_moved_on(
    approved, city, wu, kept, year
):
    draft = approved.compile("简报")
    set_house(city, House(settings={"brief": {"刊名": "新刊"}}), by=wu, version=1)
    version = latest(draft)
    _, kind = genre("简报")
    snapshot = take(city, year, [], version.snapshot["settings"], version.snapshot["seed"],
                    ON, style=style_of(version))  # fmt: skip
    again, _ = compose(kind, snapshot)
    first = document_of(version)
    assert again.sections == first.sections
    assert {**again.meta, "version": "第1版"} == dict(first.meta)


def test_compiled_again_a_draft_keeps_its_style_too(approved, city, wu, kept):
    draft = approved.compile("简报")
    set_house(
        city, House(settings={"brief": {"刊名": "新刊", "编印单位": "新单位"}}), by=wu, version=1
    )
    again = recompile(draft, by=wu, version=Release.objects.get(pk=draft.pk).version)
    assert again == latest(draft)
    assert document_of(again).line("office") == "市协调办综合处编印"


@pytest.mark.parametrize("name", [kind.name for kind in genres().values()])
def test_an_empty_house_style_changes_no_byte(approved, city, wu, name):
    before = to_json(document_of(latest(approved.compile(name, settings={}))))
    set_house(city, House(range_mark="～"), by=wu, version=0)
    assert to_json(document_of(latest(approved.compile(name, settings={})))) == before


def test_agencies_speak_in_the_citys_order(approved, ground, city, wu, league):
    walks = factories.programme("league", "青春行动")
    ground.post_texts(ground.text(walks, "2020", "走进社区开展服务。", agency=league))
    first = text_of(document_of(latest(approved.compile("简报"))))
    set_house(city, House(order=(league.pk, ground.city.union.pk)), by=wu, version=0)
    second = text_of(document_of(latest(approved.compile("简报"))))
    union, youth = "。依托", "。走进"
    assert first.index(union) < first.index(youth)
    assert second.index(youth) < second.index(union)


@pytest.mark.parametrize(
    ("words", "number", "year", "said"),
    [
        ("第{期号}期", 22, 2026, "第22期"),
        ("〔{年份}〕{期号}号", 5, 2021, "〔2021〕5号"),
        ("第{期号}期", "", "", "第　期"),
    ],
)
def test_a_number_is_said_in_the_citys_words(words, number, year, said):
    assert say_issue(words, number, year) == said


def test_a_running_number_is_said_where_there_is_one():
    assert say_total("（总第{总期号}期）", 198) == "（总第198期）"
    assert say_total("（总第{总期号}期）", None) == ""


# the order of the counties

WEEK = "2026-W03"
WEEKLY = {"主题": "技能培训工作", "期号": "3", "日期": "2026-01-19", "报": "市委、市政府领导"}
CODES = ("370102", "370103", "370124")


@pytest.fixture
def counties(ground, li, training):
    """Three counties of which none has reported the week; two have said something before."""
    trained = factories.indicator(
        li, "农民工", programme_=training, verb="培训", level="county", must_say=True
    )
    for code, value in zip(CODES, (30, 5, 9), strict=True):
        ground.say_at(code, trained, WEEK, value)
    return [ground.region(code) for code in CODES]


def places_of(ground, **house) -> list[str]:
    """The counties as the weekly paper's table lists them."""
    style = House(**house).for_genre("weekly")
    region, span = ground.city.region, span_of(WEEK)
    [table] = take(region, span, [], WEEKLY, 1, ON, by_county=True, style=style).material.dispatches
    return [county.name for county in table.counties]


def test_the_counties_stand_by_their_codes_where_the_city_has_said_nothing(ground, counties):
    assert places_of(ground) == ["历下区", "市中区", "平阴县"]


def test_the_counties_stand_in_the_citys_order_those_not_named_by_their_codes(ground, counties):
    assert places_of(ground, counties=(counties[2].pk,)) == ["平阴县", "历下区", "市中区"]
    order = tuple(one.pk for one in reversed(counties))
    assert places_of(ground, counties=order) == ["平阴县", "市中区", "历下区"]


def test_a_paper_names_the_counties_in_the_order_that_was_set(ground, counties, wu):
    order = tuple(one.pk for one in reversed(counties))
    set_house(ground.city.region, House(counties=order), by=wu, version=0)
    release = compile_release("weekly", ground.city.region, span_of(WEEK), settings=WEEKLY, by=wu)
    document = document_of(latest(release))
    [table] = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    names = [plain(row[0]) for row in table.rows]
    assert [name for name in names if name.endswith(("区", "县"))] == ["平阴县", "市中区", "历下区"]


def test_the_order_of_the_counties_is_kept_with_its_version():
    house = House(counties=(3, 1))
    assert house.as_json() == {"counties": [3, 1]}
    assert house_from(house.as_json()) == house
