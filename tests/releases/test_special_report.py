"""专报: the conclusion first, for one reader, with room for a note."""

import pytest

from tests.releases.conference import affairs, conference, union
from tests.releases.kit import contributor, fact, material, programme, text_of, words
from tracker.documents.tree import Table, plain
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.wording.voice import Voice

SETTINGS = {
    "日期": "2021年4月16日",
    "主题": "民生服务工作",
    "呈报": "市政府分管领导",
    "送": "市有关部门",
    "期号": "8",
    "份数": "5",
}


def compiled(given):
    voice = Voice(given)
    document = genre("专报")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def test_the_whole_report():
    document, remarks = compiled(conference(settings=SETTINGS))
    assert text_of(document).split("\n") == [
        "关于济南市2020年民生服务工作情况的专报",
        "【待补：总体判断】。具体情况如下。",
        "一、基本情况",
        "（一）济南市总工会",
        "组织建会行动。近年来，全市累计发展农民工会员29万人。",
        "提升素质行动。全市累计培训农民工和农村转移劳动力3221名。",
        "维护权益行动。全市累计办理法律援助案件412件，挽回经济损失1302万元。",
        "（二）济南市民政局",
        "社会救助兜底。脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。",
        "农村低保标准。全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "残疾人“两项补贴”。全市累计发放残疾人两项补贴7.33亿元。",
        "社会组织参与。全市累计开展社会组织帮扶项目829个。",
        "二、下一步打算",
        "市总工会：继续做好法律援助。",
        "三、工作建议",
        "【待补：工作建议】",
    ]
    assert remarks == [
        "待补：总体判断。",
        "没有已核定的“存在问题”文字，文稿未设该部分。",
        "待补：工作建议。",
    ]


def test_a_report_of_figures_alone_keeps_its_chapters_open():
    document, _ = compiled(material(affairs(), settings=SETTINGS))
    assert [line for line in text_of(document).split("\n") if line.startswith("【待补")][1:] == [
        "【待补：存在问题】",
        "【待补：下一步打算】",
        "【待补：工作建议】",
    ]


def test_what_the_agencies_plan_is_no_advice_to_the_reader():
    document, _ = compiled(conference(settings=SETTINGS))
    [advice] = [section for section in document.sections if section.key == "advice"]
    assert [plain(block.inlines) for block in advice.blocks] == ["【待补：工作建议】"]


def test_masthead_number_and_the_one_reader():
    document, _ = compiled(conference(settings=SETTINGS))
    assert dict(document.meta) == {
        "masthead": "工作专报",
        "issue": "第8期",
        "office": "市协调办公室编",
        "date": "2021年4月16日",
        "foot": ("呈报：市政府分管领导", "送：市有关部门。", "共印5份"),
    }


def test_a_missing_reader_is_told():
    document, remarks = compiled(conference(settings={}))
    assert document.meta["foot"] == ("呈报：【待补】",)
    assert "待补：呈报的领导。" in remarks


def test_the_leaders_note_has_an_empty_box_before_the_conclusion():
    document, _ = compiled(conference(settings=SETTINGS))
    note = document.sections[0].blocks[0]
    assert isinstance(note, Table)
    assert [plain(cell).strip() for cell in note.rows[0]] == ["领导批示：", ""]


def test_without_figures_that_sum_up_the_editor_writes_the_conclusion():
    told = contributor("市总工会", programme("服务", words=[words("problem", "人手不足。")]))
    document, remarks = compiled(material(told, settings=SETTINGS))
    [conclusion] = document.sections[0].blocks[1:]
    assert plain(conclusion.inlines) == "【待补：总体判断】。具体情况如下。"
    assert remarks[0] == "待补：总体判断。"


def test_three_figures_at_most_serve_the_point():
    document, _ = compiled(material(union(), settings=SETTINGS))
    assert sum(hasattr(i, "entries") for i in document.sections[0].blocks[1].inlines) <= 3


def test_it_is_internal():
    assert genre("专报")[1].is_internal


@pytest.mark.parametrize(("late", "said"), [("近年来", 1), ("", 1), ("2019年以来", 1)])
def test_a_time_is_said_once_where_all_figures_of_the_agency_have_it(late, said):
    facts = (
        fact("甲类人员", "人", 500, "培训", base="近年来"),
        fact("乙类人员", "人", 600, "救助", base=late),
    )
    many = [programme(f"{one.topic.name}行动", one) for one in facts]
    document, _ = compiled(material(contributor("市总工会", *many), settings=SETTINGS))
    second = text_of(document).split("\n")[5]
    assert text_of(document).count("近年来") == said
    assert ("2019年以来" in second) == (late == "2019年以来")
