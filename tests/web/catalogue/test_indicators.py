"""Programmes, indicators and targets, as the lead office keeps them on pages."""

import pytest
from django.urls import reverse

from accounts.models import Line, Region
from tests.web.catalogue.conftest import indicator, queries, text
from tracker.catalogue.models import Indicator, Programme, Target
from tracker.catalogue.targets import set_target
from tracker.web import jump


def typed(programme, /, **changes) -> dict:
    """The form of an indicator as the page posts it."""
    return {
        "code": "GH02", "programme": programme.pk, "name": "送温暖资金", "order": "2",
        "unit_text": "万元", "measure": "flow", "entry_mode": "period", "level": "county",
        "wording": "rounded", "verb": "筹集", "required": "on", "is_open": "on", "must_say": "on",
        "aliases": "慰问资金、 帮扶资金", "definition": "含物资折款", "decimals": "2", "display": "万",
    } | changes  # fmt: skip


@pytest.mark.parametrize("page", ["catalogue", "programme-list", "cycle-list"])
def test_an_empty_catalogue_says_what_to_do_next(page, wang, sign_in):
    answer = sign_in(wang).get(reverse(page))
    assert (answer.status_code, 'class="empty"' in text(answer)) == (200, True)
    assert 'class="btn btn-primary"' in text(answer).split('class="empty"')[1]


def test_every_page_of_the_catalogue_lies_under_one_entry(trained, june, wang, sign_in):
    browser = sign_in(wang)
    for page in ("catalogue", "programme-list", "cycle-list", "workday-list", "workbook"):
        found = text(browser.get(reverse(page)))
        assert found.count('aria-current="page"') == 2
        assert f'<a href="{reverse(page)}" aria-current="page">' in found.split('class="tabs"')[1]


def test_a_programme_is_made_and_changed(wang, sign_in):
    browser, line = sign_in(wang), Line.objects.get(code="union")
    form = {"line": line.pk, "name": "515扶贫工程", "order": "3", "protected_name": "515扶贫工程"}
    assert browser.post(reverse("programme-add"), form).url == reverse("programme-list")
    made = Programme.objects.get()
    assert (made.line, made.order, made.protected_name) == (line, 3, "515扶贫工程")
    address = reverse("programme-edit", args=[made.pk])
    browser.post(address, {"name": "515工程", "order": "1", "purpose": "兜底"})
    made.refresh_from_db()
    assert (made.name, made.order, made.purpose, made.line) == ("515工程", 1, "兜底", line)


def test_a_programme_of_the_same_name_is_refused_under_its_field(training, wang, sign_in):
    form = {"line": training.line_id, "name": training.name, "order": "9", "purpose": "再来一次"}
    answer = sign_in(wang).post(reverse("programme-add"), form)
    assert answer.status_code == 422
    assert "已有名为“提升素质行动”的项目" in str(answer.context["form"].errors["name"])
    assert "再来一次" in text(answer)
    assert Programme.objects.count() == 1


def test_an_indicator_is_made_from_the_page_with_all_that_the_sheet_knows(
    training, trained, wang, sign_in
):
    browser = sign_in(wang)
    answer = browser.post(reverse("indicator-add"), typed(training, wholes=[trained.pk]))
    made = Indicator.objects.get(code="GH02")
    assert answer.url == reverse("indicator", args=[made.pk])
    assert (made.entry_unit, made.unit.name, made.decimals, made.display) == ("万元", "元", 2, "万")
    assert (made.aliases, made.level, made.verb) == (["慰问资金", "帮扶资金"], "county", "筹集")
    assert (made.wording, made.must_say, list(made.wholes.all())) == ("rounded", True, [trained])
    assert made.definitions.get().text == "含物资折款"
    page = text(browser.get(answer.url))
    assert "慰问资金、帮扶资金" in page
    assert "含物资折款" in page


def test_the_clause_of_an_indicator_is_kept_and_shown(training, wang, sign_in):
    browser = sign_in(wang)
    form = typed(training, clause="为困难职工筹集资金{数}", subject="agency")
    answer = browser.post(reverse("indicator-add"), form)
    made = Indicator.objects.get(code="GH02")
    assert (made.clause, made.subject) == ("为困难职工筹集资金{数}", "agency")
    page = text(browser.get(answer.url))
    assert "写成“为困难职工筹集资金{数}”，主语本单位" in page
    edited = typed(training, clause="", subject="")
    browser.post(reverse("indicator-edit", args=[made.pk]), edited)
    made.refresh_from_db()
    assert (made.clause, made.subject) == ("", "")
    assert "写成“" not in text(browser.get(answer.url))


def test_a_clause_without_a_place_for_the_number_is_told_at_its_field(training, wang, sign_in):
    answer = sign_in(wang).post(reverse("indicator-add"), typed(training, clause="筹集资金"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["clause"]
    assert "要有一个“{数}”" in str(answer.context["form"].errors["clause"])
    assert "筹集资金" in text(answer)
    assert not Indicator.objects.filter(code="GH02").exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("unit_text", "百万元", "请改用元"),
        ("decimals", "5", "4"),
        ("code", "", "必填"),
        ("programme", "0", "选择"),
    ],
)
def test_a_wrong_field_is_named_at_its_place_and_nothing_typed_is_lost(
    training, wang, sign_in, field, value, said
):
    answer = sign_in(wang).post(reverse("indicator-add"), typed(training, **{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert said in str(answer.context["form"].errors[field])
    assert 'value="慰问资金、 帮扶资金"' in text(answer)
    assert Indicator.objects.count() == 0


def test_a_taken_code_is_refused_on_the_page(training, trained, wang, sign_in):
    answer = sign_in(wang).post(reverse("indicator-add"), typed(training, code="GH01"))
    assert answer.status_code == 422
    assert "编码“GH01”已被其他指标使用" in text(answer)
    assert 'value="送温暖资金"' in text(answer)


def test_a_changed_definition_starts_a_version_that_the_page_shows(
    training, trained, wang, sign_in
):
    browser = sign_in(wang)
    address = reverse("indicator-edit", args=[trained.pk])
    assert "第2版口径" in text(browser.get(address))
    form = typed(
        training, code="GH01", name="培训农民工", unit_text="人次", definition="按实名登记",
        comparability="none", since="2026-01-01",
    )  # fmt: skip
    browser.post(address, form)
    assert list(trained.definitions.values_list("number", "text", "comparability")) == [
        (1, "", "comparable"), (2, "按实名登记", "none"),
    ]  # fmt: skip
    page = text(browser.get(reverse("indicator", args=[trained.pk])))
    assert "与上一版不可比" in page
    assert "自2026年1月1日起" in page


def test_an_indicator_cannot_be_its_own_part(training, trained, wang, sign_in):
    part = indicator(wang, training, "女农民工", "GH03", wholes=[trained])
    form = typed(
        training, code="GH01", name="培训农民工", unit_text="人次", wholes=[part.pk], decimals=""
    )
    answer = sign_in(wang).post(reverse("indicator-edit", args=[trained.pk]), form)
    assert answer.status_code == 422
    assert "其中关系成了环" in text(answer)
    assert list(trained.wholes.all()) == []


def test_an_indicator_is_retired_with_a_reason_and_taken_up_again(trained, wang, sign_in):
    browser, retire = sign_in(wang), reverse("indicator-retire", args=[trained.pk])
    refused = browser.post(retire, {"reason": ""})
    assert refused.status_code == 422
    assert "该字段是必填项" in text(refused)
    browser.post(retire, {"reason": "口径合并"})
    trained.refresh_from_db()
    assert trained.active is False
    assert "这项指标已停用" in text(browser.get(reverse("indicator", args=[trained.pk])))
    browser.post(reverse("indicator-restore", args=[trained.pk]))
    trained.refresh_from_db()
    assert trained.active is True


def target_form(region, /, **changes) -> dict:
    return {"region": region.pk, "year": "2026", "kind": "at_least", "value": "12"} | changes


def test_a_target_is_set_in_the_unit_of_entry_and_replaced(training, wang, city, sign_in):
    money = indicator(wang, training, "资金", "GH04", "元", entry_scale="万")
    browser, address = sign_in(wang), reverse("target-add", args=[money.pk])
    browser.post(address, target_form(city))
    assert Target.objects.get().value == 120000
    browser.post(address, target_form(city, value="15.5", basis="工作报告"))
    page = text(browser.get(reverse("indicator", args=[money.pk])))
    assert "15.5万元" in page
    assert page.count("失效</span>") == 1
    assert Target.objects.current().get().basis == "工作报告"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "9999999999999"}, "value"),
        ({"year": "26"}, "year"),
        ({"region": "0"}, "region"),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_its_field(
    training, wang, city, sign_in, changes, field
):
    money = indicator(wang, training, "资金", "GH04", "元", entry_scale="亿")
    form = target_form(city, basis="原来的依据", **changes)
    answer = sign_in(wang).post(reverse("target-add", args=[money.pk]), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "原来的依据" in text(answer)
    assert Target.objects.count() == 0


def test_full_coverage_needs_no_value(trained, wang, city, sign_in):
    form = target_form(city, kind="full", value="")
    sign_in(wang).post(reverse("target-add", args=[trained.pk]), form)
    assert Target.objects.get().value is None


def test_a_target_is_dropped_with_a_reason(trained, wang, city, sign_in):
    target = set_target(trained, city, 2026, value=5, by=wang)
    browser, address = sign_in(wang), reverse("target-drop", args=[target.pk])
    assert "请填写理由" in text(browser.post(address, {"reason": ""}, follow=True))
    assert Target.objects.current().count() == 1
    browser.post(address, {"reason": "计划取消"})
    assert Target.objects.current().count() == 0


def test_the_list_is_found_by_words_line_measure_and_state(training, trained, wang, sign_in):
    indicator(wang, training, "在册困难职工", "GH05", "户", measure="stock")
    browser = sign_in(wang)

    def found(**query):
        return [row.code for row in browser.get(reverse("catalogue"), query).context["listing"]]

    assert found() == ["GH01", "GH05"]
    assert found(q="困难") == found(measure="stock") == found(q="gh05") == ["GH05"]
    assert found(active="0") == []
    assert found(line=training.line_id, sort="-code") == ["GH05", "GH01"]


GETS = [
    "indicator-add", "programme-add", "cycle-add", "cycle-ad-hoc", "workday-list", "workbook",
    "workbook-export", "workbook-template", "history-list",
]  # fmt: skip


@pytest.mark.parametrize("page", GETS)
def test_only_a_reviewer_of_the_lead_office_keeps_the_catalogue(page, city_with_people, sign_in):
    people = city_with_people.people
    answers = {name: sign_in(user).get(reverse(page)).status_code for name, user in people.items()}
    assert answers == {name: 200 if name == "wang" else 404 for name in people}


def test_a_reporter_reads_her_own_line_and_changes_nothing(trained, training, li, sun, sign_in):
    address = reverse("indicator", args=[trained.pk])
    page = sign_in(li).get(address)
    assert (page.status_code, "修改" in text(page)) == (200, False)
    assert "历史数据" not in text(page)
    assert sign_in(sun).get(address).status_code == 404
    answer = sign_in(li).post(reverse("indicator-retire", args=[trained.pk]), {"reason": "不要了"})
    assert answer.status_code == 404
    for name in ("indicator-edit", "target-add"):
        assert sign_in(li).get(reverse(name, args=[trained.pk])).status_code == 404
    trained.refresh_from_db()
    assert trained.active is True


def test_the_jump_box_finds_what_one_may_see(trained, li, sun):
    assert [hit.title for hit in jump.hits(li, "农民工")["指标"]] == ["培训农民工"]
    assert "指标" not in jump.hits(sun, "农民工")


def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    training, trained, wang, city, sign_in
):
    browser = sign_in(wang)
    set_target(trained, city, 2024, value=1, by=wang)
    pages = [
        reverse("catalogue"),
        reverse("programme-list"),
        reverse("indicator", args=[trained.pk]),
    ]
    before = [queries(browser, page) for page in pages]
    for number in (2, 3):
        indicator(wang, training, f"其他{number}", f"GH1{number}", wholes=[trained])
        Programme.objects.create(line=training.line, name=f"项目{number}")
        set_target(trained, Region.objects.get(code="370102"), 2024 + number, value=1, by=wang)
    assert [queries(browser, page) for page in pages[:2]] == before[:2]
    with_parts = queries(browser, pages[2])
    indicator(wang, training, "其他4", "GH14", wholes=[trained])
    assert queries(browser, pages[2]) == with_parts == before[2]
