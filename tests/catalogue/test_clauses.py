"""成句写法: the clause that an indicator keeps for its figure, and what may not stand in it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tests.catalogue.books import book
from tests.releases.proof.kit import ground as small_ground
from tests.releases.proof.kit import source
from tracker.catalogue.clauses import SLOT, name_in, parts
from tracker.catalogue.indicators import create_indicator, edit_indicator
from tracker.catalogue.models import Indicator
from tracker.catalogue.workbook import carry_out, export_catalogue, plan_import
from tracker.releases.proof import prove_text


@pytest.fixture
def programme(city_with_people):
    return factories.programme(name="515扶贫工程", protected_name="515扶贫工程")


@pytest.fixture
def create(wang, programme):
    """create(clause, ...) is a new indicator of the programme."""

    def made(clause="", **fields):
        code = f"A{Indicator.objects.count()}"
        usual = {"name": f"受训农民工{code}", "unit": factories.unit("人"), "code": code}
        return create_indicator(programme=programme, by=wang, clause=clause, **{**usual, **fields})

    return made


@pytest.mark.parametrize(
    ("clause", "unit"),
    [
        ("{数}农民工获市级以上荣誉称号", "名"),
        ("资助困难家庭子女{数}免费学习", "人"),
        ("为农民工挽回经济损失{数}", "元"),
        ("分{数}选派干部驻村", "批"),
        ("实施期为{数}", "年"),
        ("集中供养率达到{数}", "%"),
        ("通过515扶贫工程帮扶群众{数}", "人"),
        ("  培训学员{数} ", "名"),
    ],
)
def test_a_clause_with_one_place_for_the_number_is_kept(create, clause, unit):
    assert create(clause, unit=factories.unit(unit)).clause == clause.strip()


@pytest.mark.parametrize(
    ("clause", "unit", "said"),
    [
        ("培训农民工", "人", "要有一个“{数}”"),
        ("培训{数}农民工{数}", "人", "要有一个“{数}”"),
        ("培训{人数}", "人", "要有一个“{数}”"),
        ("培训{数}[农民工]", "人", "多了“[”"),
        ("<累计|共>培训农民工{数}", "人", "多了“<”"),
        ("培训农民工{数}。", "人", "不加“。”"),
        ("开展培训，惠及农民工{数}", "人", "不加“，”"),
        ("培训农民工{数}\n另有女工", "人", "不加“换行”"),
        ("培训3000名农民工中的{数}", "人", "不能写数字“3000”"),
        ("培训三批农民工{数}", "人", "不能写数字"),
        ("共{数}", "人", "太短"),
        ("{数}", "人", "太短"),
        ("培训农民工近{数}", "人", "会被读成另一个数"),
        ("培训农民工{数}左右", "人", "会被读成另一个数"),
        ("培训农民工{数}以上的企业", "人", "会被读成另一个数"),
    ],
)
def test_what_no_clause_may_hold_is_refused_with_the_reason(create, clause, unit, said):
    with pytest.raises(Refused, match=said.replace("[", r"\[")) as refused:
        create(clause, unit=factories.unit(unit))
    assert refused.value.args[0].endswith(("。", "。”"))
    assert not Indicator.objects.exists()


def test_a_clause_that_means_another_indicator_as_well_is_refused_by_name(create):
    create(name="贫困学生", verb="资助")
    with pytest.raises(Refused, match="分不清说的是“帮扶贫困教师”还是“资助贫困学生”"):
        create("资助贫困学生{数}", name="贫困教师", verb="帮扶")
    assert create("帮扶贫困教师{数}", name="贫困教师", verb="帮扶").clause == "帮扶贫困教师{数}"


def test_two_indicators_of_a_programme_may_not_keep_the_same_words(create, wang):
    first = create("救助困难群众{数}", name="临时救助")
    second = create(name="医疗救助")
    with pytest.raises(Refused, match="分不清"):
        edit_indicator(second, by=wang, clause="救助困难群众{数}")
    second.refresh_from_db()
    assert (first.clause, second.clause) == ("救助困难群众{数}", "")
    other_unit = create("救助困难群众{数}", name="救助资金", unit=factories.unit("元"))
    assert other_unit.clause == "救助困难群众{数}"


def test_a_clause_is_weighed_again_when_the_unit_changes(create, wang):
    one = create("分{数}选派干部驻村", unit=factories.unit("批"))
    edit_indicator(one, by=wang, must_say=True)
    with pytest.raises(Refused, match="另一个数"):
        edit_indicator(one, by=wang, unit=factories.unit("左右"))


def test_who_changed_a_clause_is_on_record(create, wang):
    one = create("培训学员{数}")
    edit_indicator(one, by=wang, clause="培训农村学员{数}", subject="none")
    entry = AuditEntry.objects.filter(act="indicator.edit").latest("pk")
    assert entry.actor == wang
    assert entry.data["clause"] == ["培训学员{数}", "培训农村学员{数}"]
    assert entry.data["subject"] == ["", "none"]
    edit_indicator(one, by=wang, clause="")
    assert Indicator.objects.get(pk=one.pk).clause == ""


def test_nobody_else_writes_clauses(create, wu, li):
    one = create()
    for person in (wu, li):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            edit_indicator(one, by=person, clause="培训学员{数}")


HEAD = ("编码", "条线", "项目", "指标名称", "计量单位", "动词", "成句写法", "主语")
SHEETS = {
    "项目": [("条线", "项目名称"), ("工会", "建会行动")],
    "指标": [
        HEAD,
        ("GH01", "工会", "建会行动", "荣誉称号", "名", "推荐", "{数}农民工获荣誉称号", "全市"),
        ("GH02", "工会", "建会行动", "资金", "万元", "投入", "", ""),
    ],
}


def test_the_workbook_brings_clauses_and_gives_them_back_unchanged(city_with_people, wang):
    carry_out(plan_import(book(SHEETS), by=wang), by=wang)
    kept = list(Indicator.objects.order_by("code").values_list("clause", "subject"))
    assert kept == [("{数}农民工获荣誉称号", "whole"), ("", "")]
    exported = export_catalogue()
    plan = plan_import(exported, by=wang)
    assert (plan.creates, plan.updates, plan.errors) == ([], [], ())


def test_a_wrong_clause_is_told_at_its_row(city_with_people, wang):
    rows = [HEAD, ("GH01", "工会", "建会行动", "荣誉称号", "名", "推荐", "获荣誉称号", "本单位")]
    plan = plan_import(book(SHEETS | {"指标": rows}), by=wang)
    assert ["成句写法要有一个“{数}”" in str(error) for error in plan.errors] == [True]
    assert not Indicator.objects.exists()


WORDS = st.text("培训学员帮扶群众走访家庭", min_size=3, max_size=12)


@given(before=WORDS, after=st.one_of(st.just(""), WORDS))
def test_the_words_of_a_clause_are_what_stands_around_its_number(before, after):
    clause = f"{before}{SLOT}{after}"
    assert parts(clause) == (before, after)
    assert name_in(clause).replace(" ", "") == before + after


def test_the_proof_knows_an_indicator_by_the_words_of_its_clause():
    """The planted control: without them nothing says what the number is."""
    stars = source("选树市级农民工之星", 94, "名")
    farms = source("评定示范家庭农场带头人", 94, "名")
    text = "今年94名返乡青年领到证书。"
    alone = prove_text(text, small_ground(stars, farms)).figures[0]
    assert str(alone.verdict) == "unsupported"
    learnt = small_ground(
        stars, farms, aliases={farms.indicator: (name_in("{数}返乡青年领到证书"),)}
    )
    known = prove_text(text, learnt).figures[0]
    assert (str(known.verdict), known.source.key) == ("verified", farms.key)
    assert known.source.value == Decimal(94)
