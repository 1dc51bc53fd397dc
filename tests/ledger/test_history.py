import datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.cast import employ
from tests.catalogue.books import book
from tracker.ledger.history import (
    WrongHistory,
    confirm,
    mark_figure,
    read_history,
    reject,
    stage,
)
from tracker.ledger.models import Batch, Entry, Passage, StagedEntry, StagedFigure, StagedPassage
from tracker.workbooks.gates import NotAWorkbook

ENTRY_HEAD = ("编码", "区划代码", "分项", "期间", "数值", "限定词", "起始值", "起始时间", "起算",
              "截至", "统计范围", "备注")  # fmt: skip
TEXT_HEAD = ("条线", "项目", "区划代码", "期间", "类型", "发言人", "问题", "文字")
TEXT = "依托515扶贫工程开展培训。全年办班12期，惠及1200余人次。"


@pytest.fixture
def feng(city_with_people):
    """The second reviewer of the lead office."""
    return employ(city_with_people, "feng", "冯", city_with_people.lead_office, "处长", "reviewer")


@pytest.fixture
def money(wang, union):
    """In 万元, entered as cumulative, of which the union is the source."""
    return factories.indicator(
        wang, "筹集资金", unit_name="元", code="GH01", entry_scale="万",
        entry_mode="cumulative", source=union,
    )  # fmt: skip


@pytest.fixture
def staged(wang):
    """staged(rows, texts) is the batch that 王 imported."""
    return lambda rows=(), texts=(): stage(history(rows, texts), by=wang, filename="历史.xlsx")


@pytest.fixture
def wrong(wang):
    """wrong(rows, texts) are the errors, as one reads them."""
    return lambda rows=(), texts=(): [
        str(error) for error in read_history(history(rows, texts), by=wang).errors
    ]


def history(rows=(), texts=()) -> bytes:
    sheets = {"历史数据": [ENTRY_HEAD, *rows]} if rows else {}
    return book(sheets | ({"文字材料": [TEXT_HEAD, *texts]} if texts else {}) or {"空": [("x",)]})


def row(**cells) -> tuple:
    plain = {"编码": "GH01", "区划代码": "370100", "期间": "2020", "数值": "500"}
    return tuple((plain | cells).get(heading, "") for heading in ENTRY_HEAD)


def text(**cells) -> tuple:
    plain = {
        "条线": "工会",
        "项目": "提升素质行动",
        "区划代码": "370100",
        "期间": "2020",
        "文字": TEXT,
    }
    return tuple((plain | cells).get(heading, "") for heading in TEXT_HEAD)


def test_figures_are_staged_in_base_units_with_what_was_entered(staged, money, union):
    batch = staged(
        [
            row(数值="16.74", 限定词="约+余", 起始值="3", 起始时间="2015年", 起算="脱贫攻坚战以来",
                截至="2020年底", 统计范围="全市", 备注="折合", 分项="湘西州"),
        ]
    )  # fmt: skip
    entry = batch.entries.get()
    assert (entry.value, entry.entered, entry.entered_unit, entry.decimals) == (
        Decimal(167400), "16.74", "万元", 2,
    )  # fmt: skip
    assert (entry.qualifier, entry.start_value, entry.start_text) == ("约+余", 30000, "2015年")
    assert (entry.base_text, entry.base_date) == ("脱贫攻坚战以来", None)
    assert (entry.as_of_text, entry.as_of_date) == ("2020年底", None)
    assert (entry.scope, entry.note, entry.member) == ("全市", "折合", "湘西州")
    assert (entry.accumulates, entry.agency, entry.cell) == ("cumulative", union, "历史数据!E2")
    assert (entry.span.key, entry.region.code) == ("2020", "3701")


def test_days_are_days_and_what_is_left_empty_stays_unknown(staged, money):
    batch = staged([row(起算="2016-01-01", 截至="2020年12月31日"), row(期间="2019")])
    dated, unknown = batch.entries.all()
    assert (dated.base_date, dated.base_text) == (datetime.date(2016, 1, 1), "")
    assert (dated.as_of_date, dated.as_of_text) == (datetime.date(2020, 12, 31), "")
    assert (unknown.base_date, unknown.base_text, unknown.as_of_date, unknown.as_of_text) == (
        None, "", None, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("500", 5000000, "万元"),
        ("500万元", 5000000, "万元"),
        ("5000000元", 5000000, "元"),
        ("0.05亿元", 5000000, "亿元"),
        ("5,000", 50000000, "万元"),
        ("１２", 120000, "万元"),
        ("-3", -30000, "万元"),
    ],
)
def test_a_number_may_bring_its_unit(staged, money, written, value, unit):
    entry = staged([row(数值=written)]).entries.get()
    assert (entry.value, entry.entered_unit) == (value, unit)


def test_nothing_is_in_the_ledger_before_a_second_person_confirms(staged, money, wang, feng):
    batch = staged([row()], [text()])
    assert (Entry.objects.count(), Passage.objects.count()) == (0, 0)
    confirm(batch, by=feng)
    entry, passage = Entry.objects.current().get(), Passage.objects.current().get()
    for official in (entry, passage):
        assert (official.reporter, official.approver) == (wang, feng)
        assert (official.origin, official.origin_file) == ("import", "历史.xlsx")
    assert (entry.origin_cell, passage.origin_cell) == ("历史数据!E2", "文字材料!H2")
    assert entry.origin_id == batch.entries.get().pk
    assert (entry.value, entry.entered, entry.entered_unit) == (5000000, "500", "万元")


def test_the_importer_does_not_confirm(staged, money, wang):
    batch = staged([row()])
    with pytest.raises(Refused, match="导入人不能确认自己导入的数据"):
        confirm(batch, by=wang)
    assert Entry.objects.count() == 0


def test_the_database_itself_wants_a_second_person(staged, money, wang):
    batch = staged([row()])
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(
            state="confirmed", decided_by=wang, decided_at=batch.at
        )


def test_only_reviewers_of_the_lead_office_import_and_confirm(staged, money, li, wu, qian):
    for person in (li, wu, qian):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            stage(history([row()]), by=person)
    batch = staged([row()])
    for person in (li, wu, qian):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            confirm(batch, by=person)


def test_a_batch_is_decided_once(staged, money, feng):
    batch = staged([row()])
    confirm(batch, by=feng)
    for act in (lambda: confirm(batch, by=feng), lambda: reject(batch, by=feng, note="重复")):
        with pytest.raises(Refused, match="这批数据“已入账”，不能再处理"):
            act()


def test_a_rejected_batch_never_reaches_the_ledger(staged, money, feng):
    batch = reject(staged([row()]), by=feng, note="口径不符")
    assert (batch.state, batch.note, batch.decided_by) == ("rejected", "口径不符", feng)
    assert Entry.objects.count() == 0
    assert StagedEntry.objects.count() == 1


def test_every_act_leaves_a_record(staged, money, feng):
    confirm(staged([row()]), by=feng)
    acts = AuditEntry.objects.filter(act__startswith="history.").order_by("seq")
    assert [(one.act, one.actor.name) for one in acts] == [
        ("history.stage", "王"), ("history.confirm", "冯"),
    ]  # fmt: skip


def test_a_file_that_waits_is_not_taken_again(wang, money):
    # The same bytes: a workbook written twice bears two times of its making.
    content = history([row()])
    stage(content, by=wang, filename="历史.xlsx")
    with pytest.raises(Refused, match="正在等待另一名主管确认"):
        stage(content, by=wang, filename="历史.xlsx")


def test_the_same_history_again_adds_nothing(staged, money, feng):
    for _ in range(2):
        confirm(staged([row()], [text()]), by=feng)
    assert (Entry.objects.count(), Passage.objects.count()) == (1, 1)


def test_a_corrected_history_supersedes(staged, money, feng):
    confirm(staged([row()]), by=feng)
    confirm(staged([row(数值="501")]), by=feng)
    assert (Entry.objects.current().get().value, Entry.objects.count()) == (5010000, 2)


def test_the_figures_of_a_text_are_listed_for_confirmation_but_not_those_of_its_name(staged):
    factories.programme(protected_name="515扶贫工程")
    batch = staged(texts=[text()])
    found = StagedFigure.objects.order_by("start")
    assert [(one.raw, one.value, one.unit, one.qualifier) for one in found] == [
        ("12期", 12, "期", ""), ("1200余人次", 1200, "人次", "余"),
    ]  # fmt: skip
    passage = batch.passages.get()
    for one in found:
        assert passage.text[one.start : one.end] == one.raw
        assert one.sentence == "全年办班12期，惠及1200余人次。"


def test_the_second_person_confirms_the_figures_of_a_text_one_by_one(staged, wang, feng):
    factories.programme(protected_name="515扶贫工程")
    batch = staged(texts=[text()])
    courses = StagedFigure.objects.get(raw="12期")
    with pytest.raises(Refused):
        mark_figure(courses, False, by=wang)
    mark_figure(courses, False, by=feng)
    confirm(batch, by=feng)
    [figure] = Passage.objects.get().figures.all()
    assert (figure.raw, figure.confirmed_by) == ("1200余人次", feng)


def test_both_ends_of_a_range_are_figures_of_one_place(staged, feng):
    factories.programme()
    confirm(staged(texts=[text(文字="每户补助3000元—5000元。")]), by=feng)
    figures = Passage.objects.get().figures.order_by("value")
    assert [(one.value, one.qualifier) for one in figures] == [
        (3000, "区间下限"), (5000, "区间上限"),
    ]  # fmt: skip


def test_kinds_of_text_keep_their_speaker_and_question(staged, feng):
    factories.programme()
    confirm(
        staged(
            texts=[
                text(类型="引语", 发言人="受助学生", 文字="谢谢大家。"),
                text(类型="问答", 问题="下一步怎么做？", 文字="继续做好。"),
            ]
        ),
        by=feng,
    )
    assert sorted(Passage.objects.values_list("kind", "speaker", "question")) == [
        ("answer", "", "下一步怎么做？"), ("quote", "受助学生", ""),
    ]  # fmt: skip


def test_a_row_belongs_to_the_source_or_the_line_s_agency_there_or_the_nearest_above(
    staged, money, ground, wang, league, union
):
    factories.indicator(wang, "别项", unit_name="人", code="GH02", source=league)
    factories.indicator(wang, "无源", unit_name="人", code="GH03")
    county = ground.county_union("370102")
    batch = staged(
        [
            row(),
            row(区划代码="370102"),
            row(区划代码="370103"),
            row(编码="GH02"),
            row(编码="GH03", 区划代码="370102001"),
            row(编码="GH03", 区划代码="370103"),
        ]
    )
    assert [entry.agency for entry in batch.entries.all()] == [
        union, county, union, league, county, union,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"编码": "GH99"}, "「历史数据」A2：没有编码为“GH99”的在用指标"),
        ({"区划代码": "370199"}, "「历史数据」B2：没有代码为370199的区划"),
        ({"区划代码": "370000"}, "「历史数据」B2：山东省不在本单位牵头的范围内"),
        ({"期间": "2020年"}, "「历史数据」D2：“2020年”不是期间，请写成2020、2020H1"),
        ({"期间": "2099"}, "「历史数据」D2：期间2099尚未结束，请通过填报报送"),
        ({"数值": "很多"}, "「历史数据」E2：「很多」不是数值"),
        ({"数值": ""}, "「历史数据」E2：「数值」必须填写"),
        ({"数值": "500人"}, "单位应为万元，而这里写了“人”"),
        ({"数值": "500余万元"}, "余、多等请填在「限定词」列"),
        ({"数值": "99999999999999"}, "「历史数据」E2：数值超过上限"),
        ({"数值": "0.123456789"}, "「历史数据」E2：小数最多保留4位"),
        ({"限定词": "大概齐"}, "「历史数据」F2：不认识限定词“大概齐”"),
        ({"起始值": "一"}, "「历史数据」G2：「一」不是数值"),
    ],
)
def test_each_mistake_of_a_figure_is_named_where_it_stands(wrong, money, cells, message):
    [error] = wrong([row(**cells)])
    assert message in error


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"项目": "无此项目"}, "「文字材料」B2：工会没有名为“无此项目”的项目"),
        ({"条线": "水利"}, "「文字材料」B2：水利没有名为“提升素质行动”的项目"),
        ({"类型": "随笔"}, "「文字材料」E2：「随笔」不在可选范围内"),
        ({"类型": "问答"}, "「文字材料」G2：类型为问答时必须填写问题"),
        ({"文字": ""}, "「文字材料」H2：「文字」必须填写"),
        (
            {"文字": "合计99999999999999元。"},
            "「文字材料」H2：文中“99999999999999元”：数值超过上限",
        ),
        ({"期间": "2099"}, "「文字材料」D2：期间2099尚未结束"),
    ],
)
def test_each_mistake_of_a_text_is_named_where_it_stands(wrong, cells, message):
    factories.programme()
    [error] = wrong(texts=[text(**cells)])
    assert message in error


def test_a_line_without_any_agency_cannot_be_responsible(wrong, wang):
    factories.indicator(
        wang, code="MZ01", programme_=factories.programme("civil", "农村低保"), unit_name="人"
    )
    errors = wrong([row(编码="MZ01")], [text(条线="民政", 项目="农村低保")])
    assert errors == [
        "「历史数据」B2：民政在济南市及其上级没有机构，请先在「机构」表中填写",
        "「文字材料」C2：民政在济南市及其上级没有机构，请先在「机构」表中填写",
    ]


def test_more_decimals_than_the_indicator_has_are_refused(wrong, wang):
    factories.indicator(wang, code="GH05", unit_name="人", decimals=0)
    [error] = wrong([row(编码="GH05", 数值="1.5")])
    assert "小数位超过0位，请核对单位是否为人" in error


def test_a_recomputed_ratio_is_not_imported(wrong, wang):
    above, below = factories.indicator(wang, "分子"), factories.indicator(wang, "分母")
    factories.indicator(
        wang,
        "比例",
        code="GH06",
        measure="ratio",
        unit_name="%",
        numerator=above,
        denominator=below,
    )
    [error] = wrong([row(编码="GH06", 数值="50")])
    assert "由分子、分母计算，不需要导入" in error


def test_the_same_cell_twice_is_refused(wrong, money):
    [error] = wrong([row(), row(数值="501")])
    assert error == "「历史数据」E3：与A2同一指标、区划、分项和期间，请只保留一行"


def test_all_errors_come_at_once_and_nothing_is_staged(staged, money):
    factories.programme()
    with pytest.raises(WrongHistory) as refused:
        staged([row(), row(编码="GH99"), row(期间="2099")], [text(类型="问答")])
    assert len(refused.value.history.errors) == 3
    assert (
        Batch.objects.count() == StagedEntry.objects.count() == StagedPassage.objects.count() == 0
    )


def test_an_empty_workbook_says_what_is_missing(wang):
    found = read_history(book({"历史数据": [ENTRY_HEAD]}), by=wang)
    assert [str(error) for error in found.errors] == [
        "工作簿：工作簿里没有历史数据，也没有文字材料"
    ]


def test_the_sheets_of_the_catalogue_are_left_alone_without_a_warning(wang, money):
    data = book({"历史数据": [ENTRY_HEAD, row()], "机构": [("条线",), ("工会",)]})
    assert read_history(data, by=wang).warnings == []


def test_one_sees_batches_at_the_lead_office_only(staged, money, wang, feng, li, zhao, qian):
    batch = staged([row()])
    seen = {p.name: list(Batch.objects.visible_to(p)) for p in (wang, feng, li, zhao, qian)}
    assert seen == {"王": [batch], "冯": [batch], "李": [], "赵": [batch], "钱": []}


def test_confirming_takes_as_many_queries_for_ten_rows_as_for_one(staged, money, wang, feng):
    def queries(years):
        batch = staged([row(期间=str(year)) for year in years])
        with CaptureQueriesContext(connection) as seen:
            confirm(batch, by=feng)
        return len(seen)

    queries([1999])
    assert queries([2000]) == queries(range(2001, 2011))


def test_reading_takes_as_many_queries_for_ten_rows_as_for_one(money, wang):
    def queries(numbers):
        data = history([row(分项=f"甲{number}") for number in numbers])
        with CaptureQueriesContext(connection) as seen:
            read_history(data, by=wang)
        return len(seen)

    read_history(history([row()]), by=wang)
    assert queries([1]) == queries(range(10))


@pytest.fixture
def run(tmp_path, capsys):
    """run(data, by=...) imports a file by the command; what it printed."""

    def command(data, **options):
        file = tmp_path / "历史.xlsx"
        file.write_bytes(data)
        call_command("history", "import", str(file), **options)
        return capsys.readouterr().out

    return command


def test_the_command_stages_and_says_who_must_confirm(run, money):
    said = run(history([row()]), by="wang")
    assert said == "已导入1条数据、0段文字。\n等待牵头单位的另一名主管在页面上确认。\n"
    assert Batch.objects.get().state == "staged"


def test_the_command_confirms_in_the_name_of_a_second_person(run, money, feng):
    said = run(history([row()]), by="wang", approved_by="feng")
    assert said == "已导入1条数据、0段文字。\n已由冯确认入账。\n"
    assert Entry.objects.get().approver == feng


def test_the_command_leaves_nothing_behind_when_one_person_plays_both(run, money):
    with pytest.raises(CommandError, match="导入人不能确认自己导入的数据"):
        run(history([row()]), by="wang", approved_by="wang")
    assert Batch.objects.count() == 0


def test_the_command_prints_every_error(run, money, capsys):
    with pytest.raises(CommandError, match="共2处错误，没有写入任何内容"):
        run(history([row(编码="GH99"), row(期间="2099")]), by="wang")
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_command_knows_its_people_and_its_file(run, tmp_path, money):
    with pytest.raises(CommandError, match="没有用户名为“nobody”的在用账号"):
        run(history([row()]), by="nobody")
    with pytest.raises(CommandError, match="找不到文件"):
        call_command("history", "import", str(tmp_path / "无.xlsx"), by="wang")
    with pytest.raises(CommandError):
        run(b"x", by="wang")


def test_a_file_that_is_no_workbook_is_refused(wang):
    with pytest.raises(NotAWorkbook):
        read_history(b"x", by=wang)
