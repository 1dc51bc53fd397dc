"""Every check, in the words that the reporter reads. No database: a sheet is plain values."""

from decimal import Decimal

import pytest

from accounts.models import Region
from tracker.catalogue.duties import Cell
from tracker.catalogue.models import Indicator, Unit
from tracker.ledger.models import Entry
from tracker.submissions.checks import Links, Sheet, check_cell
from tracker.submissions.models import Figure
from tracker.submissions.past import Past

CITY = Region(pk=1, name="济南市", path="37/3701/")
NO_LINKS = Links({}, {}, {})


def indicator(pk=1, name="培训农民工", unit="人次", **fields) -> Indicator:
    return Indicator(pk=pk, name=name, unit=Unit(name=unit), **fields)


def figure(of: Indicator, value, scope="", **fields) -> Figure:
    known = {"kind": "value", "value": Decimal(value), "entered_unit": of.entry_unit} | fields
    return Figure(indicator=of, region=CITY, scope=scope, **known)


def entry(of: Indicator, value) -> Entry | None:
    return None if value is None else Entry(indicator=of, region=CITY, value=Decimal(value))


def sheet(*figures: Figure, last=None, ago=None, scope="", **more) -> Sheet:
    cells = [Cell(one.indicator, CITY, scope) for one in figures]
    first = figures[0].indicator
    past = {(first.pk, 1, "", scope): Past(entry(first, last), entry(first, ago))}
    by_cell = {(one.indicator_id, 1, one.scope): one for one in figures}
    known = {one.indicator_id: one.indicator for one in figures}
    return Sheet(cells, by_cell, past, "上月", known, **more)


def found(page: Sheet, links: Links = NO_LINKS) -> list[tuple[str, str, str]]:
    """What is said at the first cell: (severity, rule, message)."""
    return [(f.severity, f.rule, f.message) for f in check_cell(page, page.cells[0], links)]


FLOW = indicator()
MONEY = indicator(name="挽回经济损失", unit="元", entry_scale="万")


def test_what_is_usual_is_not_remarked_on():
    assert found(sheet(figure(FLOW, 120), last=100, ago=110)) == []


def test_a_blank_field_is_an_error_where_it_is_required_and_says_the_three_ways():
    blank = figure(FLOW, 0, kind="")
    assert found(sheet(blank)) == [
        ("error", "required", "必填。没有发生请填“零报告”，不适用请填“不适用”并写明原因。")
    ]
    free = indicator(required=False)
    assert found(sheet(figure(free, 0, kind=""))) == []


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (1000, 100, "比上月多9倍，疑似单位错，请确认。"),
        (400, 100, "比上月多约3倍，请确认。"),
        (30, 100, "不足上月的三分之一，请确认。"),
        (10, 100, "不足上月的九分之一，疑似单位错，请确认。"),
    ],
)
def test_a_jump_against_last_period_is_a_warning_in_words(now, then, words):
    assert found(sheet(figure(FLOW, now), last=then)) == [("warning", "jump", words)]


def test_a_jump_against_the_same_period_last_year_is_said_when_last_period_is_usual():
    assert found(sheet(figure(FLOW, 400), last=390, ago=100)) == [
        ("warning", "jump-year", "比上年同期多约3倍，请确认。")
    ]


def test_story_a_1302_in_yuan_is_stopped_as_a_unit_slip_until_it_is_mended():
    slipped = sheet(figure(MONEY, 1302, entered_unit="元"), last=11800000)
    [(severity, rule, words)] = found(slipped)
    assert (severity, rule) == ("error", "unit")
    assert words == (
        "本次为1302元，上月为1180万元，相差上千倍，疑似单位错（如把万元填成元）。核实无误请填写情况说明。"
    )
    assert found(sheet(figure(MONEY, 13020000), last=11800000)) == []


def test_an_explained_error_no_longer_blocks_and_a_warning_never_does():
    slipped = sheet(figure(MONEY, 1302, explanation="只有一案，属实"), last=11800000)
    [finding] = check_cell(slipped, slipped.cells[0], NO_LINKS)
    assert (finding.explained, finding.blocks) == (True, False)
    [jump] = check_cell(one := sheet(figure(FLOW, 400), last=100), one.cells[0], NO_LINKS)
    assert (jump.blocks, jump.explainable) == (False, False)


def test_last_period_s_value_again_is_remarked_on_and_nought_again_is_not():
    assert found(sheet(figure(FLOW, 100), last=100)) == [
        ("warning", "repeats", "与上月数值完全相同，请确认不是沿用旧数。")
    ]
    assert found(sheet(figure(FLOW, 0), last=0)) == []


def test_a_cumulative_number_does_not_fall_without_a_reason():
    running = indicator(entry_mode="cumulative")
    [(severity, rule, _)] = found(sheet(figure(running, 90), last=100))
    assert (severity, rule) == ("error", "falls")
    [told] = check_cell(
        page := sheet(figure(running, 90, explanation="核减"), last=100), page.cells[0], NO_LINKS
    )
    assert told.blocks is False


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        ("技能人才占比", "100.1", ["share"]),
        ("医保覆盖率", "-1", ["share"]),
        ("医保覆盖率", "100", []),
        ("目标任务完成率", "811", []),
        ("资金增长率", "-12.5", []),
    ],
)
def test_shares_and_coverages_lie_within_a_hundred_completion_and_growth_are_free(
    name, value, rules
):
    rate = indicator(name=name, unit="%", measure="ratio")
    assert [rule for _, rule, _ in found(sheet(figure(rate, value)))] == rules


def test_more_digits_than_the_catalogue_allows():
    whole = indicator(decimals=0)
    assert found(sheet(figure(whole, "12.5", decimals=1))) == [
        ("error", "decimals", "本指标应为整数，请核对后填写。")
    ]


def test_a_negative_number_points_to_the_adjustment_of_an_earlier_period():
    [(_, rule, words)] = found(sheet(figure(FLOW, -86)))
    assert (rule, "当期调整" in words) == ("negative", True)
    page = sheet(figure(indicator(measure="stock"), -1))
    [finding] = check_cell(page, page.cells[0], NO_LINKS)
    assert (finding.explainable, finding.blocks) == (False, True)


PART = indicator(2, "其中：女性")
OF_WHICH = Links({2: [1]}, {1: [2]}, {})


def test_a_part_is_not_larger_than_its_whole():
    page = sheet(figure(PART, 13), figure(FLOW, 12))
    assert found(page, OF_WHICH) == [
        ("error", "part", "“其中”数大于“培训农民工”（12人次），请核对。")
    ]


def thirds(*values: str) -> tuple[Sheet, Links]:
    """Story C: three counties in 万元 and their total of 1,000.00."""
    whole = indicator(1, "救助资金", "元", entry_scale="万", parts_complete=True)
    parts = [indicator(n, f"第{n}项", "元", entry_scale="万") for n in (2, 3, 4)]
    said = [figure(whole, 10000000, decimals=2)]
    said += [figure(part, Decimal(text) * 10000) for part, text in zip(parts, values, strict=True)]
    return sheet(*said), Links({2: [1], 3: [1], 4: [1]}, {1: [2, 3, 4]}, {})


def test_story_c_parts_that_miss_by_rounding_pass_with_the_note_offered():
    page, links = thirds("333.33", "333.33", "333.33")
    [(severity, rule, words)] = found(page, links)
    assert (severity, rule, "因四舍五入" in words) == ("warning", "rounding", True)


def test_story_c_parts_that_miss_by_more_do_not_add_up():
    page, links = thirds("333.33", "333.33", "343.33")
    [(severity, rule, words)] = found(page, links)
    assert (severity, rule, "1009.99万元" in words) == ("error", "parts", True)


def test_a_declared_pair_is_kept():
    households, people = indicator(1, "走访户数", "户"), indicator(2, "走访人数", "人")
    page = sheet(figure(households, 30), figure(people, 20))
    assert found(page, Links({}, {}, {1: [2]})) == [
        ("error", "pair", "不应大于“走访人数”（20人）。")
    ]


def test_far_above_what_others_say_only_where_it_has_no_past_of_its_own():
    peers = {1: [Decimal(n) for n in (10, 20, 30)]}
    assert found(sheet(figure(FLOW, 240), peers=peers)) == [
        ("warning", "peers", "比其他单位同期的中位数（20人次）多11倍，请确认。")
    ]
    assert found(sheet(figure(FLOW, 240), last=200, peers=peers)) == []
    assert found(sheet(figure(FLOW, 240), peers={1: peers[1][:2]})) == []


def test_own_alone_is_asked_for_and_the_whole_city_is_said():
    page = sheet(
        figure(FLOW, 980, scope="本级"), last=600, scope="本级", wholes={(1, 1): Decimal(1200)}
    )
    assert found(page) == []
    page = sheet(
        figure(FLOW, 980, scope="本级"), last=400, scope="本级", wholes={(1, 1): Decimal(1000)}
    )
    [(severity, rule, words)] = found(page)
    assert (severity, rule) == ("warning", "scope")
    assert words == (
        "这里只填本级的数，与上月济南市全部的合计（1000人次）相近，疑似把下级的数也填了进来，请确认。"
    )


SIZES = [
    ("人次", "attendance", "city", 999_999_999_999, "999999999999人次超出了一个市"),
    ("人次", "attendance", "city", 9_999_999_999, ""),
    ("人", "person", "county", 10_000_000, "10000000人超出了一个区县"),
    ("人", "person", "county", 5_700_000, ""),
    ("人", "person", "town", 1_000_000, "1000000人超出了一个镇街"),
    ("元", "money", "city", 1_000_000_000_000, "1000000000000元超出了一个市"),
    ("元", "money", "province", 1_000_000_000_000, ""),
    ("个", "other", "city", 999_999_999_999, ""),
]


@pytest.mark.parametrize(("unit", "dimension", "level", "value", "said"), SIZES)
def test_more_than_a_place_of_its_level_can_have_is_explained(unit, dimension, level, value, said):
    of = Indicator(pk=1, name="服务职工", unit=Unit(name=unit, dimension=dimension))
    page = sheet(figure(of, value))
    page.cells[0] = Cell(of, Region(pk=1, name="某地", path="37/3701/", level=level))
    words = [
        message for severity, rule, message in found(page) if (severity, rule) == ("error", "size")
    ]
    wanted = f"{said}可能达到的数量，疑似单位错或多输了数字。核实无误请填写情况说明。"
    assert words == ([wanted] if said else [])


def test_what_stood_before_at_that_size_need_not_be_explained_again():
    of = Indicator(pk=1, name="服务职工", unit=Unit(name="人次", dimension="attendance"))
    at_hand = figure(of, 999_999_999_999, explanation="含线上浏览")
    page = sheet(at_hand)
    page.cells[0] = Cell(of, Region(pk=1, name="济南市", path="37/3701/", level="city"))
    [finding] = check_cell(page, page.cells[0], NO_LINKS)
    assert (finding.rule, finding.explained, finding.blocks) == ("size", True, False)
    again = sheet(figure(of, 999_999_999_998), last=999_999_999_999)
    assert found(again) == []
