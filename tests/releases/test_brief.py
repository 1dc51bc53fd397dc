"""简报: fixed formulas."""

from tests.releases.conference import affairs, conference
from tests.releases.kit import (
    contributor,
    entries_said,
    fact,
    material,
    programme,
    text_of,
    words,
)
from tracker.documents.tree import plain
from tracker.releases.compiling import prove
from tracker.releases.genres import genre
from tracker.releases.wording.voice import Voice

SETTINGS = {
    "主题": "重点帮扶工作",
    "刊名": "帮扶工作简报",
    "期号": "第12期",
    "日期": "2021-04-16 9:30",
    "报": "市委、市政府领导",
    "发": "各成员单位",
    "份数": "50",
}


def compiled(**fields):
    return compiled_of(conference(**{"settings": SETTINGS, **fields}))


def compiled_of(given):
    voice = Voice(given)
    document = genre("brief")[1].compose(given, voice)
    prove(document, given.names)
    return document, voice.remarks


def test_masthead_number_office_date_and_foot():
    document, _ = compiled()
    assert dict(document.meta) == {
        "masthead": "帮扶工作简报",
        "issue": "第12期",
        "office": "市协调办公室编",
        "date": "2021年4月16日",
        "foot": ("报：市委、市政府领导。", "发：各成员单位。", "共印50份"),
    }


def test_what_nobody_set_is_marked():
    document, remarks = compiled(settings={})
    assert document.meta["issue"] == "第　期"
    assert document.meta["date"] == "【待补：日期】"
    assert document.meta["foot"] == ("报：【待补】", "送：【待补】", "发：【待补】")
    assert "待补：报送范围（报、送、发）。" in remarks


def test_the_title_says_region_span_and_theme():
    assert plain(compiled()[0].title) == "济南市2020年重点帮扶工作进展情况"
    other = compiled(settings={"主题": "民生实事见成效"})[0]
    assert plain(other.title) == "济南市2020年\n“民生实事见成效”有关工作进展情况"
    day = compiled(span="2021-04-14")[0]
    assert plain(day.title) == "济南市2021年4月14日\n重点帮扶工作进展情况"


def test_the_whole_brief():
    document, remarks = compiled()
    assert text_of(document).split("\n") == [
        "济南市2020年重点帮扶工作进展情况",
        "一、工作进展和主要做法",
        "（一）济南市总工会",
        "组织建会行动。把组织建在村居，线上线下一起吸纳。近年来，全市累计发展农民工会员29万人。",
        "提升素质行动。按需求列出课程单，就近开班。全市累计培训农民工和农村转移劳动力3221名。",
        "维护权益行动。选派律师免费代理。全市累计办理法律援助案件412件，挽回经济损失1302万元。"
        "如，大桥村修路投入40万元。",
        "（二）济南市民政局",
        "社会救助兜底。脱贫攻坚期间，全市52036名登记困难人口纳入社会救助。",
        "农村低保标准。全市农村低保标准从2016年的300元/月提高至676元/月，增长125.33%。",
        "残疾人“两项补贴”。全市累计发放残疾人两项补贴7.33亿元。",
        "社会组织参与。全市累计开展社会组织帮扶项目829个。",
        "二、下一步打算",
        "市总工会：继续做好法律援助。",
    ]
    assert remarks == ["没有已核定的“存在问题”文字，文稿未设该部分。"]


def test_without_any_words_the_chapters_stand_there_open():
    document, remarks = compiled_of(material(affairs(), settings=SETTINGS))
    lines = text_of(document).split("\n")
    assert [line for line in lines if line[1:2] == "、"] == [
        "一、工作进展", "二、主要做法", "三、存在问题", "四、下一步打算",
    ]  # fmt: skip
    assert [line for line in lines if "待补" in line] == [
        "【待补：主要做法】", "【待补：存在问题】", "【待补：下一步打算】",
    ]  # fmt: skip
    assert remarks == ["待补：主要做法。", "待补：存在问题。", "待补：下一步打算。"]


def test_every_item_says_its_own_time():
    both = [
        programme(name, fact(noun, "人", 500, "培训", base="近年来"))
        for name, noun in (("甲行动", "职工"), ("乙行动", "农民工"))
    ]
    document, _ = compiled_of(material(contributor("市总工会", *both), settings=SETTINGS))
    assert text_of(document).count("近年来，") == 2


def test_an_example_that_says_so_itself_is_not_announced_twice():
    told = programme(
        "服务", words=[words("practice", "上门服务。"), words("case", "例如，老李已受益。")]
    )
    document, _ = compiled_of(material(contributor("市总工会", told), settings=SETTINGS))
    assert "服务。上门服务。例如，老李已受益。" in text_of(document)


def test_a_brief_does_not_vary_with_the_seed():
    given = conference(settings=SETTINGS)
    texts = set()
    for seed in range(5):
        voice = Voice(type(given)(**{**given.__dict__, "seed": seed}))
        texts.add(text_of(genre("简报")[1].compose(voice.material, voice)))
    assert len(texts) == 1


def test_every_must_say_figure_is_said():
    given = conference(settings=SETTINGS)
    document = genre("简报")[1].compose(given, Voice(given))
    assert {entry for one in given.contributors for f in one.facts for entry in f.entries} <= (
        entries_said(document)
    )


def test_a_brief_is_internal():
    assert genre("简报")[1].is_internal
    assert not genre("发布会实录")[1].is_internal
