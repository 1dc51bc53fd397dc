from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tracker.catalogue.indicators import (
    create_indicator,
    create_programme,
    edit_indicator,
    edit_programme,
    restore_indicator,
    retire_indicator,
)
from tracker.catalogue.models import Indicator, Programme, Target
from tracker.catalogue.targets import drop_target, set_target
from tracker.catalogue.units import split_unit, unit_named


@pytest.fixture
def programme(city_with_people):
    return factories.programme()


@pytest.fixture
def create(wang, programme):
    """create(code, ...) is a new indicator."""
    return lambda code, **fields: create_indicator(
        programme=programme, code=code, by=wang,
        **{"name": f"指标{code}", "unit": factories.unit("人"), **fields},
    )  # fmt: skip


def test_an_indicator_starts_with_its_first_definition(create, wang, programme):
    indicator = create("A", definition="在册人数", level="county")
    version = indicator.definitions.get()
    assert (version.number, version.text, version.unit.name, version.by) == (
        1,
        "在册人数",
        "人",
        wang,
    )
    assert (indicator.line, indicator.level) == (programme.line, "county")


def test_another_definition_or_unit_is_another_version_that_says_how_it_compares(create, wang):
    indicator = create("A", definition="在册人数")
    edit_indicator(indicator, by=wang, definition="含线上", comparability="restated")
    edit_indicator(indicator, by=wang, unit=factories.unit("人次"))
    edit_indicator(indicator, by=wang, must_say=True)
    said = [(v.number, v.text, v.unit.name, v.comparability) for v in indicator.definitions.all()]
    assert said == [
        (1, "在册人数", "人", "comparable"),
        (2, "含线上", "人", "restated"),
        (3, "含线上", "人次", "comparable"),
    ]


def test_what_changed_is_on_record(create, wang):
    edit_indicator(create("A"), by=wang, name="新名", must_say=False)
    entry = AuditEntry.objects.get(act="indicator.edit")
    assert entry.data == {"name": ["指标A", "新名"]}


def test_codes_and_names_are_taken_once(create, wang):
    first, second = create("A"), create("B")
    with pytest.raises(Refused, match="编码“A”已被其他指标使用"):
        create("A", name="别名")
    with pytest.raises(Refused, match="已有名为“指标A”的指标"):
        create("C", name="指标A")
    with pytest.raises(Refused, match="编码“A”已被其他指标使用"):
        edit_indicator(second, by=wang, code="A")
    assert edit_indicator(first, by=wang, code="A") == first


def test_parts_wholes_and_pairs_do_not_point_at_themselves_or_in_a_circle(create, wang):
    whole, part = create("A"), create("B")
    edit_indicator(part, by=wang, wholes=[whole], not_above=[whole])
    assert list(whole.parts.all()) == [part]
    for links in ({"wholes": [part]}, {"not_above": [part]}):
        with pytest.raises(Refused):
            edit_indicator(part, by=wang, **links)
    with pytest.raises(Refused, match="其中关系成了环"):
        edit_indicator(whole, by=wang, wholes=[part])


def test_only_ratios_have_operands_and_operands_are_no_ratios(create, wang):
    part, whole = create("A"), create("B")
    ratio = create("C", measure="ratio", numerator=part, denominator=whole)
    assert (ratio.numerator, ratio.denominator) == (part, whole)
    with pytest.raises(Refused, match="同时填写，且只用于比率"):
        create("D", measure="ratio", numerator=part)
    with pytest.raises(Refused, match="同时填写，且只用于比率"):
        edit_indicator(create("E"), by=wang, numerator=part, denominator=whole)
    with pytest.raises(Refused, match="本身不能是比率"):
        create("F", measure="ratio", numerator=ratio, denominator=whole)


def test_a_retired_indicator_can_be_restored(create, wang):
    indicator = retire_indicator(create("A"), by=wang, reason="项目结束")
    assert not indicator.active
    with pytest.raises(Refused, match="已经停用"):
        retire_indicator(indicator, by=wang, reason="项目结束")
    assert restore_indicator(indicator, by=wang).active


def test_programmes_are_named_once_per_line(wang, union, programme):
    with pytest.raises(Refused, match="已有名为“提升素质行动”的项目"):
        create_programme(line=union.line, name=programme.name, by=wang)
    other = create_programme(line=union.line, name="建会行动", order=3, by=wang)
    with pytest.raises(Refused, match="已有名为“提升素质行动”的项目"):
        edit_programme(other, name=programme.name, by=wang)
    assert edit_programme(other, purpose="扩大覆盖", by=wang).purpose == "扩大覆盖"


@pytest.mark.parametrize("name", ["wu", "li", "qian"])
def test_only_a_reviewer_of_the_lead_office_keeps_the_catalogue(
    create, programme, city_with_people, name
):
    indicator, person = create("A"), city_with_people.people[name]
    for act in (
        lambda: create_programme(line=programme.line, name="x", by=person),
        lambda: edit_programme(programme, by=person),
        lambda: edit_indicator(indicator, by=person),
        lambda: retire_indicator(indicator, by=person, reason="x"),
        lambda: restore_indicator(indicator, by=person),
    ):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            act()


def test_one_sees_the_catalogue_of_one_s_line_and_what_one_is_the_source_of(
    create, wang, li, sun, qian, league, city
):
    own, shared = create("A"), create("B", source=league)
    set_target(own, city, 2021, value=Decimal(5), by=wang)
    seen = {
        person.name: (
            Programme.objects.visible_to(person).count(),
            sorted(one.code for one in Indicator.objects.visible_to(person)),
            Target.objects.visible_to(person).count(),
        )
        for person in (wang, li, sun, qian)
    }
    assert seen == {
        "王": (1, ["A", "B"], 1),
        "李": (1, ["A", "B"], 1),
        "孙": (0, ["B"], 0),
        "钱": (1, ["A", "B"], 1),
    }
    assert shared.source == league


def test_a_target_replaced_in_mid_year_is_kept(create, wang, city):
    indicator = create("A")
    first = set_target(indicator, city, 2021, value=Decimal(5), by=wang)
    assert set_target(indicator, city, 2021, value=Decimal(5), by=wang) == first
    second = set_target(indicator, city, 2021, value=Decimal(6), by=wang, basis="调整")
    first.refresh_from_db()
    assert first.until == second.since
    assert list(Target.objects.current()) == [second]
    drop_target(second, by=wang, reason="取消")
    assert list(Target.objects.current()) == []
    with pytest.raises(Refused, match="已经失效"):
        drop_target(second, by=wang, reason="取消")


def test_only_full_coverage_and_in_time_need_no_value(create, wang, city):
    indicator = create("A")
    with pytest.raises(Refused, match="“不少于”类目标必须填写目标值"):
        set_target(indicator, city, 2021, by=wang)
    assert set_target(indicator, city, 2021, kind="full", by=wang).value is None


def test_targets_are_set_by_who_leads_the_region(create, wang, li, city):
    indicator = create("A")
    with pytest.raises(Refused, match="只有济南市的牵头单位主管"):
        set_target(indicator, city, 2021, value=Decimal(1), by=li)
    with pytest.raises(Refused, match="只有山东省的牵头单位主管"):
        set_target(indicator, city.parent, 2021, value=Decimal(1), by=wang)


@pytest.mark.parametrize(
    ("text", "scale", "base", "dimension"),
    [
        ("人", "", "人", "person"), ("名", "", "名", "person"), ("人次", "", "人次", "attendance"),
        ("户", "", "户", "household"), ("家", "", "家", "organisation"), ("万元", "万", "元", "money"),
        ("亿元", "亿", "元", "money"), ("元/月", "", "元/月", "money"), ("%", "", "%", "percent"),
        ("万人次", "万", "人次", "attendance"), ("场", "", "场", "other"), ("人(户)", "", "人(户)", "person"),
    ],
)  # fmt: skip
def test_units_are_split_into_scale_base_and_dimension(db, text, scale, base, dimension):
    assert split_unit(text) == (scale, base)
    unit = unit_named(base)
    assert (unit.name, unit.dimension) == (base, dimension)
    assert unit_named(base) == unit


@pytest.mark.parametrize("text", ["千元", "百万元", "万亿元"])
def test_scales_in_which_nothing_is_entered_are_refused(text):
    with pytest.raises(ValueError, match="的倍数不能用，请改用元、万元或亿元"):
        split_unit(text)
