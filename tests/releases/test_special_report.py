"""专报: the conclusion first, for one reader, with room for a note."""

from tests.releases.conference import conference, union
from tests.releases.kit import contributor, material, programme, text_of, words
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
        "综合市总工会、市民政局报送情况，全市累计培训农民工和农村转移劳动力3221名，"
        "累计发放残疾人两项补贴7.33亿元。具体情况如下。",
        "一、基本情况",
        "（一）济南市总工会",
        "组织建会行动。近年来，全市累计发展农民工会员29万人。",
        "提升素质行动。全市累计培训农民工和农村转移劳动力3221名。",
        "维护权益行动。全市累计办理法律援助案件412件，挽回经济损失1302万元。",
        "（二）济南市民政局",
        "社会救助兜底总体。脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。",
        "农村低保标准。全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "残疾人“两项补贴”。全市累计发放残疾人两项补贴7.33亿元。",
        "社会组织参与。全市累计开展社会组织帮扶项目829个。",
        "二、工作建议",
        "市总工会：继续做好法律援助。",
    ]
    assert remarks == ["没有已核定的“存在问题”文字，文稿未设该部分。"]


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
    assert len(document.sections[0].blocks) == 1
    assert remarks[0] == "没有可以概括全局的数据，请编辑写明结论。"


def test_three_figures_at_most_serve_the_point():
    document, _ = compiled(material(union(), settings=SETTINGS))
    assert sum(hasattr(i, "entries") for i in document.sections[0].blocks[1].inlines) <= 3


def test_it_is_internal():
    assert genre("专报")[1].is_internal
