"""周报: the counties by name, from approved figures only; ranks where the city ranks; proved cell by cell."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from tests import factories
from tests.ledger.ground import APPROVED
from tests.releases.kit import fact, material, text_of, topic
from tracker.catalogue.models import City, Target
from tracker.catalogue.spans import span_of
from tracker.documents.tree import Image, Table, figures, plain
from tracker.ledger.models import Entry, Freeze
from tracker.ledger.posting import post
from tracker.ledger.standing import void
from tracker.releases.compiling import compile_release
from tracker.releases.dispatching import dispatches
from tracker.releases.genres import genre, genres
from tracker.releases.genres.weekly.counties import before
from tracker.releases.material import County, Dispatch
from tracker.releases.models import Citation
from tracker.releases.proof import flatten, ground_of, prove_text, stops_issuing
from tracker.releases.proof.counties import with_counties
from tracker.releases.recording import document_of
from tracker.releases.wording.voice import Voice

SETTINGS = {"主题": "技能培训工作", "期号": "3", "日期": "2026-01-19", "报": "市委、市政府领导"}
DAY = datetime.timedelta(days=1)
WEEKS = {"370102": (10, 20, 30), "370103": (5, 9, 5), "370124": (7, 8, 9)}


@pytest.fixture
def january(ground, li, training):
    """Three weeks of three counties, and what they are to reach this year."""
    trained = factories.indicator(
        li, "农民工", programme_=training, verb="培训", level="county", must_say=True
    )
    for code, weeks in WEEKS.items():
        for number, value in enumerate(weeks, 1):
            ground.say_at(code, trained, f"2026-W{number:02d}", value)
    for code, value in zip(WEEKS, (600, 400, 500), strict=True):
        Target.objects.create(indicator=trained, region=ground.region(code), year=2026, value=value)
    return trained


def compiled(ground, key="2026-W03", name="周报"):
    release = compile_release(name, ground.city.region, span_of(key), settings=SETTINGS)
    return release.versions.get(number=1)


def table(document) -> list[list[str]]:
    [found] = [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
    return [[plain(cell) for cell in row] for row in (found.head, *found.rows)]


@pytest.mark.django_db
def test_every_county_has_its_line(ground, january):
    document = document_of(compiled(ground))
    assert table(document) == [
        ["区县", "本期", "较上周", "本年累计", "完成率", "较序时"],
        ["历下区", "30人次", "增加10人次", "60人次", "10%", "快于"],
        ["市中区", "5人次", "减少4人次", "19人次", "4.75%", "慢于"],
        ["平阴县", "9人次", "增加1人次", "24人次", "4.8%", "慢于"],
    ]
    text = text_of(document)
    assert plain(document.title) == "济南市2026年第3周技能培训工作进展情况"
    assert "2026年第3周，全市共培训农民工44人次" in text
    assert "历下区快于序时进度。市中区、平阴县慢于序时进度。" in text
    assert "完成率历下区最高，为10%；市中区最低，为4.75%。" in text


@pytest.mark.django_db
def test_a_picture_of_the_completion_says_no_number_that_the_table_does_not_prove(ground, january):
    [picture] = [
        b for s in document_of(compiled(ground)).sections for b in s.blocks if isinstance(b, Image)
    ]
    assert plain(picture.caption) == "图　各地完成率（竖线为序时进度）"
    assert picture.alt == "培训农民工各地完成率，竖线为序时进度，数值见表"


@pytest.mark.django_db
def test_ranks_stand_there_only_where_the_city_ranks_its_counties(ground, january):
    City.objects.update_or_create(defaults={"ranks_counties": True, "region": ground.city.region})
    rows = table(document_of(compiled(ground)))
    assert [row[-1] for row in rows] == ["位次", "1", "3", "2"]


@pytest.mark.django_db
def test_a_county_without_an_approved_figure_is_named(ground, january):
    ground.say_at("370102", january, "2026-W04", 12)
    document = document_of(compiled(ground, "2026-W04"))
    assert table(document)[1:] == [
        ["历下区", "12人次", "减少18人次", "72人次", "12%", "快于"],
        ["市中区", "未核定", "—", "未核定", "—", "—"],
        ["平阴县", "未核定", "—", "未核定", "—", "—"],
    ]
    assert "市中区、平阴县本期数据尚未核定。" in text_of(document)


@pytest.mark.django_db
def test_every_cell_leads_to_its_entries_and_is_proved(ground, january):
    version = compiled(ground)
    every = [one for one in figures(document_of(version)) if one.key.startswith("d")]
    cells = [one for one in every if "_" not in one.key]
    assert [one.surface for one in every if one not in cells] == ["10%", "4.75%"], "first and last"
    assert len(cells) == 12
    assert all(one.entries for one in cells)
    assert stops_issuing(version) == ()
    quoted = set(Citation.objects.filter(version=version).values_list("entry", flat=True))
    assert {entry for one in cells for entry in one.entries} <= quoted


@pytest.mark.django_db
def test_a_cell_that_was_changed_by_hand_stops_the_issue(ground, january):
    version = compiled(ground)
    document = document_of(version)

    def forged(block):
        if not isinstance(block, Table):
            return block
        row = list(block.rows[0])
        row[1] = (replace(row[1][0], surface="300人次"),)
        return replace(block, rows=(tuple(row), *block.rows[1:]))

    wrong = replace(
        document,
        sections=tuple(replace(s, blocks=tuple(map(forged, s.blocks))) for s in document.sections),
    )
    flat, known = flatten(wrong), ground_of(version.release.region, version.release.span)
    report = prove_text(
        flat.text, with_counties(known, version.release), anchors=flat.anchors, public=False
    )
    assert "300人次" in [one.figure.raw for one in report.stops]


@pytest.mark.django_db
def test_no_public_kind_of_document_shows_the_counties(ground, january):
    assert [folder for folder, one in genres().items() if one.by_county] == ["weekly"]
    assert genre("weekly")[1].is_internal
    said = text_of(document_of(compiled(ground, name="通稿")))
    assert "历下区" not in said


def test_all_of_one_pace_are_said_in_a_word_and_an_equal_week_is_level():
    about = topic("农民工", "人次", "培训")

    def county(name, week):
        now = replace(fact("农民工", "人次", week, topic=about), key=name)
        rate = replace(now, key=f"{name}p", value=now.value / 2, unit="%")
        level = replace(now, key=f"{name}c", value=now.value * 0)
        return County(name, now=now, change=level, to_date=now, rate=rate, ahead=now.value)

    given = material(settings={}, span="2026-03", dispatches=(Dispatch(about, (county("甲县", 4), county("乙县", 6))),))  # fmt: skip
    document = genre("weekly")[1].compose(given, Voice(given))
    assert [row[2] for row in table(document)] == ["较上月", "持平", "持平"]
    assert "各区县均快于序时进度。完成率乙县最高，为3%；甲县最低，为2%。" in text_of(document)


@pytest.mark.django_db
def test_how_far_the_whole_is_and_the_calendar_are_said_with_their_numbers(ground, january):
    Target.objects.create(indicator=january, region=ground.city.region, year=2026, value=1600)
    version = compiled(ground)
    assert (
        "截至2026年第3周底，序时进度为4.93%。全市本年累计培训农民工103人次，完成年度目标的6.44%。"
        in text_of(document_of(version))
    )
    assert stops_issuing(version) == ()


def test_a_column_has_one_unit():
    about = topic("慰问金", "元", "发放", display="万")

    def county(name, now, change):
        given = replace(fact("慰问金", "元", now, topic=about), key=name)
        return County(name, now=given, change=replace(given, key=f"{name}c", value=Decimal(change)))

    lines = (county("甲县", 90000, -12400), county("乙县", 124000, 4100))
    given = material(settings={}, span="2026-03", dispatches=(Dispatch(about, lines),))
    rows = table(genre("weekly")[1].compose(given, Voice(given)))[1:]
    assert [row[1] for row in rows] == ["9万元", "12.4万元"]
    assert [row[2] for row in rows] == ["减少12400元", "增加4100元"]


def test_without_counties_the_editor_is_told():
    voice = Voice(material(settings={}))
    genre("weekly")[1].compose(voice.material, voice)
    assert "没有分区县的数据，周报未设区县进展表。" in voice.remarks


@pytest.mark.parametrize(
    ("key", "said"),
    [("2026-W03", "上周"), ("2026-03T1", "上旬"), ("2026-03", "上月"), ("2026Q1", "上季"), ("2026", "上年"), ("2026H1", "上期")],
)  # fmt: skip
def test_the_span_before_is_called_by_its_kind(key, said):
    assert before(key) == said


@pytest.fixture
def late(ground, january, wang):
    """After the freeze of the third week a county corrects its week from 9 to 90, and one is voided."""
    week = span_of("2026-W03")
    freeze = Freeze.objects.create(
        region=ground.city.region, span=week, moment=APPROVED + DAY, by=wang
    )
    union, region = ground.county_union("370124"), ground.region("370124")
    entry = Entry.objects.get(region=region, span=week)
    more = ground.posting(january, "2026-W03", 90, agency=union, region=region)
    post([replace(more, origin_id=entry.origin_id)], approved_by=wang, at=freeze.moment + DAY)
    return freeze


@pytest.mark.django_db
def test_the_counties_of_a_frozen_week_are_those_of_the_freeze(ground, late):
    version = compiled(ground)
    rows = table(document_of(version))
    assert rows[3] == ["平阴县", "9人次", "增加1人次", "24人次", "4.8%", "慢于"]
    assert "全市共培训农民工44人次" in text_of(document_of(version))
    assert stops_issuing(version) == ()


@pytest.mark.django_db
def test_the_next_freeze_brings_the_county_s_correction_in(ground, late, wang):
    Freeze.objects.create(region=late.region, span=late.span, moment=late.moment + 2 * DAY, by=wang)
    rows = table(document_of(compiled(ground)))
    assert rows[3] == ["平阴县", "90人次", "增加82人次", "105人次", "21%", "快于"]


@pytest.mark.django_db
def test_the_proof_of_a_frozen_week_does_not_take_the_later_cell(ground, late, wang):
    """Compiled at 9; the next freeze holds 90, and the old cell may not go out."""
    frozen = compiled(ground)
    Freeze.objects.create(region=late.region, span=late.span, moment=late.moment + 2 * DAY, by=wang)
    assert [one for one in stops_issuing(frozen) if "9人次" in one] != []


@pytest.mark.django_db
def test_a_county_that_is_voided_after_the_freeze_is_gone_from_the_table(ground, late, wang):
    entry = Entry.objects.get(region__code="370103", span=late.span)
    void(entry, by=wang, reason="误报")
    rows = table(document_of(compiled(ground)))
    assert rows[2][:2] == ["市中区", "未核定"]


@pytest.mark.django_db
def test_the_change_on_the_span_before_is_read_at_the_same_hour(ground, january, wang):
    """The week before is corrected later: the frozen third week keeps its difference."""
    week = span_of("2026-W03")
    hour = APPROVED + DAY
    entry = Entry.objects.get(region__code="370124", span__key="2026-W02")
    more = ground.posting(january, "2026-W02", 80, agency=entry.agency, region=entry.region)
    post([replace(more, origin_id=entry.origin_id)], approved_by=wang, at=hour + DAY)
    found = {at: dispatches(ground.city.region, week, [], at)[0].counties[2] for at in (hour, None)}
    assert found[hour].change.value == 1
    assert found[None].change.value == -71
