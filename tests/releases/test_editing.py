"""Words may be corrected; what has a source stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.rules import Refused
from tests.releases.kit import text_of
from tracker.documents.tree import (
    Date,
    Document,
    Figure,
    Name,
    Paragraph,
    Passage,
    Section,
    Text,
    figures,
)  # fmt: skip
from tracker.releases.editing import BadEdit, edit, reworded, runs_of
from tracker.releases.recording import document_of
from tracker.workflow import Stale

FIGURE = Figure("e1", (1,), "29万人", 290000, "人")
DOCUMENT = Document(
    (Text("工作材料"),),
    (
        Section(
            "all",
            None,
            (
                Paragraph((Date("近年来"), Text("，共发展会员"), FIGURE, Text("。"))),
                Paragraph((Passage("p1", (Text("把组织建在村居。"),)), Text("效果明显。"))),
            ),
        ),
    ),
)


def changed(text, address="0.0", protected=()):
    return text_of(reworded(DOCUMENT, {address: text}, protected))


def faults(text, address="0.0", protected=()):
    with pytest.raises(BadEdit) as caught:
        reworded(DOCUMENT, {address: text}, protected)
    return [(fault.address, fault.position, fault.found) for fault in caught.value.faults]


def test_every_run_is_offered_with_its_fixed_parts_as_tokens():
    assert [(run.address, run.text) for run in runs_of(DOCUMENT)] == [
        ("t", "工作材料"),
        ("0.0", "⟦1:近年来⟧，共发展会员⟦3:29万人⟧。"),
        ("0.1", "⟦1:把组织建在村居。⟧效果明显。"),
    ]


def test_words_between_the_tokens_may_change():
    assert changed("⟦1:近年来⟧，各级工会共吸纳会员⟦3:29万人⟧，成效明显。") == (
        "工作材料\n近年来，各级工会共吸纳会员29万人，成效明显。\n把组织建在村居。效果明显。"
    )


def test_words_may_be_put_where_there_were_none():
    assert "据了解，近年来" in changed("据了解，⟦1⟧，共发展会员⟦3⟧。")


def test_what_a_token_says_is_not_taken_from_the_page():
    assert "29万人" in changed("⟦1:昨天⟧，共发展会员⟦3:99万人⟧。")


def test_the_title_may_be_corrected():
    assert changed("会前材料", "t").startswith("会前材料\n")


@pytest.mark.parametrize(
    "text",
    [
        "近年来，共发展会员30万人。",
        "⟦1:近年来⟧，共发展会员。",
        "⟦3:29万人⟧，⟦1:近年来⟧。",
        "⟦1⟧，共发展会员⟦3⟧⟦3⟧。",
        "⟦1⟧，共发展会员⟦3⟧⟦4⟧。",
    ],
)
def test_a_fixed_part_may_not_be_removed_repeated_or_moved(text):
    assert faults(text) == [("0.0", 0, "")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("，共发展会员30人、", "30"),
        ("，共发展会员三十万人、", "三十万"),
        ("，共发展会员３０人、", "３０"),
        ("，会员翻番，", "翻番"),
        ("，2021年发展会员", "2021"),
        ("，第一次发展会员", "一"),
        ("，①发展会员", "①"),
    ],
)
def test_no_number_may_be_typed(typed, found):
    [(address, position, raw)] = faults(f"⟦1:近年来⟧{typed}⟦3:29万人⟧。")
    assert (address, raw) == ("0.0", found)
    assert f"⟦1:近年来⟧{typed}"[position : position + len(found)] == found


def test_all_faults_are_told_at_once_with_their_places():
    with pytest.raises(BadEdit) as caught:
        reworded(DOCUMENT, {"t": "第5稿", "0.1": "⟦1⟧共3项。", "9.9": "无"})
    assert {(fault.address, fault.found) for fault in caught.value.faults} == {
        ("t", "5"), ("0.1", "3"), ("9.9", ""),
    }  # fmt: skip
    assert "第2个字符“5”：" in caught.value.verdict.reason


@pytest.mark.parametrize("left", ["近", "约", "超过", "不低于", "逾"])
def test_a_qualifier_may_not_be_put_before_a_figure(left):
    assert [found for *_, found in faults(f"⟦1⟧，共发展会员{left}⟦3⟧。")] != []


@pytest.mark.parametrize("right", ["左右", "以上", "余", "多"])
def test_a_qualifier_may_not_be_put_behind_a_figure(right):
    assert [found for *_, found in faults(f"⟦1⟧，共发展会员⟦3⟧{right}。")] == [right]


def test_the_marks_of_tokens_are_no_words():
    assert [found for *_, found in faults("⟦1⟧，共发展会员⟦3⟧⟦。")] == ["⟦"]


def test_a_paragraph_has_its_length():
    assert faults("长" * 5001, "t") == [("t", 5000, "")]


def test_a_protected_name_may_be_written():
    assert "515扶贫工程" in changed(
        "⟦1⟧，实施515扶贫工程，共发展会员⟦3⟧。", protected=["515扶贫工程"]
    )


def test_a_name_that_was_there_stays_a_node():
    document = Document((Name("十大行动"), Text("材料")), ())
    assert reworded(document, {"t": "⟦1⟧会前材料"}).title == (Name("十大行动"), Text("会前材料"))


@settings(deadline=None)
@given(st.text(alphabet="甲乙，。⟦⟧:123三百余近第", max_size=30))
def test_whatever_is_typed_the_figures_stay(text):
    try:
        made = reworded(DOCUMENT, {"0.0": text})
    except BadEdit:
        return
    assert figures(made) == (FIGURE,)


def paragraph_with(version, words):
    return next(run for run in runs_of(document_of(version)) if words in run.text)


def test_an_edit_makes_the_next_version(approved, wu):
    version = approved.version()
    run = paragraph_with(version, "1302万元")
    made = edit(version, {run.address: run.text.replace("挽回", "追回")}, by=wu)
    assert (made.number, made.kind, made.by) == (2, "edited", wu)
    assert "追回经济损失1302万元" in text_of(document_of(made))
    assert made.citations.count() == version.citations.count()
    assert made.release.version + 1 == type(made.release).objects.get().version


def test_the_former_version_stays_as_it_was(approved, wu):
    version = approved.version()
    before = version.digest
    run = paragraph_with(version, "1302万元")
    edit(version, {run.address: run.text.replace("挽回", "追回")}, by=wu)
    version.refresh_from_db()
    assert (version.digest, version.release.versions.count()) == (before, 2)


def test_an_edit_that_changes_nothing_makes_no_version(approved, wu):
    version = approved.version()
    run = paragraph_with(version, "1302万元")
    assert edit(version, {run.address: run.text}, by=wu) == version
    assert version.release.versions.count() == 1


def test_a_stale_version_is_not_edited(approved, wu, wang):
    version = approved.version()
    run = paragraph_with(version, "1302万元")
    edit(version, {run.address: run.text.replace("挽回", "追回")}, by=wu)
    with pytest.raises(Stale):
        edit(version, {run.address: run.text.replace("挽回", "要回")}, by=wang)
    assert version.release.versions.count() == 2


def test_a_refused_edit_leaves_nothing(approved, wu):
    version = approved.version()
    run = paragraph_with(version, "1302万元")
    with pytest.raises(BadEdit):
        edit(version, {run.address: run.text + "共99人。"}, by=wu)
    assert version.release.versions.count() == 1


@pytest.mark.parametrize("name", ["li", "sun", "zhao", "qian", "zheng"])
def test_only_editors_and_reviewers_of_the_lead_office_edit(approved, city_with_people, name):
    version = approved.version()
    with pytest.raises(Refused, match="只有牵头单位的编辑和主管可以修改文稿。"):
        edit(version, {"t": "材料"}, by=city_with_people.people[name])
