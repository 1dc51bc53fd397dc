"""Shorthand notes as turns: who speaks, as what. All names are invented."""

import pytest

from tracker.releases.transcript.turns import Kind, Voice, read_turns

UNION = Voice("talk1", "济南市总工会", "市总工会", "党组成员、副主席", "周明远")
AFFAIRS = Voice("talk2", "济南市民政局", "市民政局")


def turns(*lines):
    return [
        (turn.said, turn.kind, turn.voice, turn.text)
        for turn in read_turns(lines, [UNION, AFFAIRS])
    ]


def test_a_conference_in_its_order():
    assert turns(
        "主持人：大家好。",
        "周明远：各位记者好。",
        "今年培训120人。",
        "市民政局：我来介绍。",
        "晚报记者：请问有什么打算？",
        "周明远：将再办一批。",
        "主持人：发布会到此结束。",
    ) == [
        ("主持人", Kind.HOST, "", "大家好。"),
        ("周明远", Kind.TALK, "talk1", "各位记者好。\n今年培训120人。"),
        ("市民政局", Kind.TALK, "talk2", "我来介绍。"),
        ("晚报记者", Kind.QUESTION, "", "请问有什么打算？"),
        ("周明远", Kind.ANSWER, "talk1", "将再办一批。"),
        ("主持人", Kind.HOST, "", "发布会到此结束。"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "周明远：今年培训120人。",
        "济南市总工会党组成员、副主席　周明远：今年培训120人。",
        "【市总工会副主席 周明远】今年培训120人。",
        "[周主席]：今年培训120人。",
        "周主席: 今年培训120人。",
    ],
)
def test_a_speaker_is_known_however_he_is_named(line):
    [(_, kind, voice, text)] = turns(line)
    assert (kind, voice, text) == (Kind.TALK, "talk1", "今年培训120人。")


def test_a_name_on_a_line_of_its_own_begins_a_turn():
    [(_, kind, voice, text)] = turns("济南市总工会党组成员、副主席 周明远", "今年培训120人。")
    assert (kind, voice, text) == (Kind.TALK, "talk1", "今年培训120人。")


def test_a_colon_within_a_speech_begins_no_turn():
    [(_, _, _, text)] = turns("周明远：做法有两条：", "一条是：就近开班。")
    assert text == "做法有两条：\n一条是：就近开班。"


def test_marks_of_question_and_answer_are_enough():
    assert [one[1] for one in turns("问：有何打算？", "答：再办一批。")] == [
        Kind.QUESTION, Kind.ANSWER,
    ]  # fmt: skip


def test_what_nobody_says_is_left_out_until_somebody_decides():
    assert turns("时间：上午", "发布会速记")[0][1] == Kind.LEFT_OUT


def test_asides_of_the_stenographer_are_no_words_of_the_speaker():
    [(_, _, _, text)] = turns("周明远：谢谢大家！（掌声）")
    assert text == "谢谢大家！"


def test_an_unknown_speaker_after_a_question_answers_it():
    found = turns("记者：请问？", "市财政局处长李某：已经安排。")
    assert [one[1] for one in found] == [Kind.QUESTION, Kind.ANSWER]
