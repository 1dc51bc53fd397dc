"""The small language: what it says, what it refuses and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.documents.tree import Figure, Text, plain
from tracker.releases.patterns import Chooser, EmptySlot, PatternError, parse, render
from tracker.releases.wording.defaults import PATTERNS, SLOTS

SOURCE = (
    "[截至{截至}，]全市<累计|共>资助{学生数}，发放资金{金额}[，同比{金额.同比}][，惠及{受益户}]。"
)


def said(source, slots, seed=0, protected=()):
    given_ = {name: (Text(value),) for name, value in slots.items()}
    return plain(render(parse(source, protected), given_, Chooser(seed)))


def fault(source, **options):
    with pytest.raises(PatternError) as caught:
        parse(source, **options)
    return caught.value.position, caught.value.reason


def test_all_slots_filled_say_the_whole_sentence():
    slots = {
        "截至": "目前",
        "学生数": "若干名",
        "金额": "若干元",
        "金额.同比": "增长",
        "受益户": "若干户",
    }
    whole = "截至目前，全市{}资助若干名，发放资金若干元，同比增长，惠及若干户。"
    assert said(SOURCE, slots) in [whole.format("累计"), whole.format("共")]


def test_an_empty_slot_drops_its_bracket_and_nothing_else():
    assert said("[截至{截至}，]资助{数}[，惠及{户}]。", {"数": "若干名"}) == "资助若干名。"


def test_an_empty_slot_outside_brackets_is_no_sentence():
    with pytest.raises(EmptySlot) as caught:
        said("资助{数}。", {})
    assert caught.value.args == ("数",)


def test_brackets_within_brackets_fall_alone():
    source = "资助{数}[，发放{金额}[，同比{金额.同比}]]。"
    assert said(source, {"数": "甲", "金额": "乙"}) == "资助甲，发放乙。"


def test_variants_are_drawn_without_repetition_and_alike_for_a_seed():
    pattern, chooser = parse("<甲|乙|丙>"), Chooser(7)
    drawn = [plain(render(pattern, {}, chooser)) for _ in range(6)]
    assert sorted(drawn[:3]) == ["丙", "乙", "甲"]
    assert sorted(drawn[3:]) == ["丙", "乙", "甲"]
    again = Chooser(7)
    assert [plain(render(pattern, {}, again)) for _ in range(6)] == drawn


def test_a_steady_chooser_always_takes_the_first():
    chooser = Chooser(7, steady=True)
    assert [plain(render(parse("<甲|乙>"), {}, chooser)) for _ in range(3)] == ["甲"] * 3


def test_figures_stay_nodes():
    figure = Figure("e1", (1,), "29万人", 290000, "人")
    made = render(parse("发展会员{数}。"), {"数": (figure,)}, Chooser(0))
    assert made == (Text("发展会员"), figure, Text("。"))


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ("资助{数", 2, "“{”没有配对的“}”"),
        ("资助{}", 2, "槽位名称“”不合规范"),
        ("资助{a b}", 2, "槽位名称“a b”不合规范"),
        ("资助{数.a.b}", 2, "槽位名称“数.a.b”不合规范"),
        ("[截至{截至}", 0, "“[”没有配对的“]”"),
        ("<累计|共", 0, "“<”没有配对的“>”"),
        ("资助]名", 2, "多余的“]”"),
        ("资助}名", 2, "多余的“}”"),
        ("甲|乙", 1, "多余的“|”"),
        ("[<甲]>", 3, "多余的“]”"),
        ("[" * 9 + "甲" + "]" * 9, 8, "括号嵌套过深"),
        ("资助100名", 2, "句式中不能直接写数字“100”，请改用{指标}或登记为保护名称"),
        ("资助一百名", 2, "句式中不能直接写数字“一百”，请改用{指标}或登记为保护名称"),
        ("资助<三|两>名", 3, "句式中不能直接写数字“三”，请改用{指标}或登记为保护名称"),
    ],
)
def test_a_fault_is_told_at_its_character(source, position, reason):
    assert fault(source) == (position, reason)


def test_the_message_counts_from_one():
    with pytest.raises(PatternError, match="^第3个字符：“{”没有配对的“}”$"):
        parse("资助{数")


def test_a_pattern_may_not_be_endless():
    assert fault("甲" * 2001) == (2000, "句式过长，最多2000个字符")


def test_an_unknown_slot_is_refused_where_the_slots_are_known():
    assert fault("资助{人数}", slots=["学生数"]) == (3, "没有名为“人数”的指标或要素")


def test_a_number_in_a_protected_name_passes():
    assert said("实施515扶贫工程，资助{数}。", {"数": "甲"}, protected=["515扶贫工程"]) == (
        "实施515扶贫工程，资助甲。"
    )


def test_a_number_in_the_name_of_a_slot_is_a_name():
    assert said("资助{一星级家庭}。", {"一星级家庭": "甲"}) == "资助甲。"


def test_fixed_words_with_numerals_pass():
    assert said("统一部署，进一步扩大{名}。", {"名": "覆盖"}) == "统一部署，进一步扩大覆盖。"


@settings(deadline=None)
@given(st.text(alphabet="甲乙{}[]<>|.3三数", max_size=40))
def test_whatever_is_typed_is_a_pattern_or_a_fault_within_it(source):
    assert -1 <= place_of_fault(source) <= len(source)


def place_of_fault(source):
    """Where the pattern is wrong; -1 when it is right."""
    try:
        return -1 if parse(source).source == source else -2
    except PatternError as error:
        return error.position


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_default_pattern_can_say_its_sentence(name):
    slots = {slot: (Text(slot),) for slot in SLOTS}
    slots |= {
        f"数.{operation}": (Text(operation),) for operation in ("增幅", "同比", "完成", "序时")
    }
    assert plain(render(PATTERNS[name], slots, Chooser(0))) != ""
