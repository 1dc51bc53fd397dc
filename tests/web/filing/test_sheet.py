"""What stands beside the fields: sums, ratios, county tables, the progress table, the printed head."""

import html
import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests import factories
from tests.web.filing.test_autosave import one, sent
from tracker.catalogue.models import Cycle, Measure
from tracker.ledger.totals import year_to_date
from tracker.review.services import approve
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, save_figures, sign, submit
from tracker.web.filing import markup


@pytest.fixture
def cycle(union, trained, money):
    return factories.cycle(union)


@pytest.fixture
def keys(trained, money, city):
    return {"trained": f"f{trained.pk}-{city.pk}", "money": f"f{money.pk}-{city.pk}"}


def file(row, li, zhang, wang, *changes) -> Submission:
    """Filled in, signed and approved."""
    save_figures(row, changes, by=li)
    row = submit(row, by=li, version=Submission.objects.get(pk=row.pk).version)
    row = sign(row, by=zhang, version=row.version)
    return approve(row, by=wang, version=row.version)


def row_of(answer, key):
    rows = (row for section in answer.context["sections"] for row in section.every_row)
    return next(row for row in rows if row.key == key)


@pytest.fixture
def may_filed(cycle, trained, money, city, li, zhang, wang):
    """May is the first month that was reported here: 12,000 had come before it."""
    may = factories.draft(cycle, factories.month(2026, 5))
    return file(
        may, li, zhang, wang,
        Change(trained.pk, city.pk, "480", opening="12,000"),
        Change(money.pk, city.pk, "100", opening="0"),
    )  # fmt: skip


def test_an_opening_balance_makes_the_year_whole(may_filed, trained, city):
    total = year_to_date([trained], [city], "2026-05")[trained.pk, city.pk]
    assert (total.value, total.complete) == (12_480, True)


def test_without_the_months_before_it_the_year_is_said_to_be_incomplete(
    cycle, trained, money, city, li, zhang, wang
):
    may = factories.draft(cycle, factories.month(2026, 5))
    changes = Change(trained.pk, city.pk, "480"), Change(money.pk, city.pk, "100")
    file(may, li, zhang, wang, *changes)
    total = year_to_date([trained], [city], "2026-05")[trained.pk, city.pk]
    assert (total.value, total.complete) == (None, False)


def test_the_next_month_counts_on_from_it(may_filed, cycle, trained, keys, city, li, sign_in):
    trained.targets.create(region=city, year=2026, value=28_000)
    june = factories.draft(cycle, factories.month(2026, 6))
    browser = sign_in(li)
    sent(browser, june, one(keys["trained"], "1930"))
    answer = browser.get(june.get_absolute_url())
    row = row_of(answer, keys["trained"])
    assert (row.last, row.total, row.completion) == ("480人次", 14_410, "51.46%")
    assert row.beside == ""
    assert answer.context["pace"] == "50%"


def test_january_needs_no_opening_balance(cycle, trained, keys, li, sign_in):
    january = factories.draft(cycle, factories.month(2026, 1))
    row = row_of(sign_in(li).get(january.get_absolute_url()), keys["trained"])
    assert (row.beside, row.before) == ("", 0)


def test_distinct_objects_are_said_for_the_period_and_for_the_year(
    may_filed, cycle, union, city, li, zhang, wang, sign_in, keys
):
    persons = factories.indicator(li, "结对户", unit_name="户", measure=Measure.DISTINCT)
    june = factories.draft(cycle, factories.month(2026, 6))
    key = f"f{persons.pk}-{city.pk}"
    browser = sign_in(li)
    sent(browser, june, one(key, "1,130", cumulative="9,870"), one(keys["trained"], "1"),
         one(keys["money"], "1"))  # fmt: skip
    assert row_of(browser.get(june.get_absolute_url()), key).total == 9870
    june.refresh_from_db()
    row = submit(june, by=li, version=june.version)
    approve(sign(row, by=zhang, version=row.version), by=wang, version=row.version + 1)
    assert year_to_date([persons], [city], "2026-06")[persons.pk, city.pk].value == 9870


def test_a_ratio_is_reckoned_from_its_two_fields_and_never_asked_for(
    cycle, trained, keys, city, li, sign_in
):
    owed = factories.indicator(li, "应培训农民工")
    rate = factories.indicator(
        li, "培训率", unit_name="%", measure=Measure.RATIO, numerator=trained, denominator=owed
    )
    june = factories.draft(cycle, factories.month(2026, 6))
    browser = sign_in(li)
    sent(browser, june, one(keys["trained"], "2"), one(f"f{owed.pk}-{city.pk}", "3"))
    [section] = browser.get(june.get_absolute_url()).context["sections"]
    assert [(one.indicator, one.says) for one in section.ratios] == [(rate, "66.67%")]
    assert rate not in [row.cell.indicator for row in section.rows]


@pytest.fixture
def counties(union, li, city):
    """One table for the counties: two indicators of the county level."""
    met = factories.indicator(li, "走访职工", unit_name="户", level="county")
    given = factories.indicator(li, "发放资金", unit_name="元", entry_scale="万", level="county")
    cycle = factories.cycle(union, filing=Cycle.Filing.FOR_SUBORDINATES)
    return factories.draft(cycle, factories.month(2026, 1)), met, given


def test_a_county_duty_turns_the_table(counties, li, sign_in):
    draft, met, given = counties
    browser = sign_in(li)
    [section] = browser.get(draft.get_absolute_url()).context["sections"]
    assert section.is_table
    assert [line.region.name for line in section.lines] == ["历下区", "市中区", "平阴县"]
    assert section.columns == [met, given]
    cells = [row.key for line in section.lines for row in line.rows]
    sent(browser, draft, *[one(key, str(number)) for number, key in enumerate(cells, 1)])
    [section] = browser.get(draft.get_absolute_url()).context["sections"]
    assert [sum.says for sum in section.sums] == ["9户", "12万元"]


def test_a_column_that_does_not_add_has_no_sum(counties, li, sign_in):
    draft, met, given = counties
    met.measure = Measure.DISTINCT
    met.save()
    browser = sign_in(li)
    [section] = browser.get(draft.get_absolute_url()).context["sections"]
    sent(browser, draft, *[one(line.rows[0].key, "5") for line in section.lines])
    [section] = browser.get(draft.get_absolute_url()).context["sections"]
    assert [sum.says for sum in section.sums] == ["", ""]


def test_the_progress_table_says_growth_and_completion(
    cycle, may_filed, trained, keys, money, city, li, zhang, wang, sign_in
):
    before = factories.draft(cycle, factories.month(2025, 6))
    file(before, li, zhang, wang, Change(trained.pk, city.pk, "1310", opening="12,000"),
         Change(money.pk, city.pk, "1", opening="0"))  # fmt: skip
    trained.targets.create(region=city, year=2026, value=28_000)
    june = factories.draft(cycle, factories.month(2026, 6))
    browser = sign_in(li)
    sent(browser, june, one(keys["trained"], "1674"))
    place = {"pk": june.pk, "programme": trained.programme_id}
    tables = browser.get(reverse("submission-matrix", kwargs=place)).context["tables"]
    [line] = tables[0].places
    assert (line.total, line.year_ago_words, line.growth) == (14_154, "13310人次", "+6.34%")
    assert line.row.completion == "50.55%"
    given = browser.get(reverse("submission-matrix-file", kwargs=place))
    book = openpyxl.load_workbook(BytesIO(b"".join(given.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("指标", "地区", "单位", "本期", "本年累计", "上年同期累计", "同比", "目标",
                       "完成率", "序时")  # fmt: skip
    assert rows[1] == ("培训农民工", "济南市", "人次", 1674, 14154, 13310, "+6.34%",
                       "不少于28000人次", "50.55%", "50%")  # fmt: skip


def test_all_is_never_said_of_less_than_all(may_filed, cycle, trained, keys, city, li, sign_in):
    trained.targets.create(region=city, year=2026, value=14_411)
    june = factories.draft(cycle, factories.month(2026, 6))
    browser = sign_in(li)
    sent(browser, june, one(keys["trained"], "1930"))
    row = row_of(browser.get(june.get_absolute_url()), keys["trained"])
    assert row.completion == "99.99%"


def test_the_printed_report_has_its_legal_head_and_its_signature_foot(
    may_filed, cycle, li, zhang, sign_in
):
    cycle.form_code, cycle.form_issuer = "鲁扶统01表", "济南市统计局"
    cycle.form_approval, cycle.form_valid_until = "济统制〔2026〕1号", date(2027, 12, 31)
    cycle.save()
    li.phone = "0531-1234"
    li.save()
    page = sign_in(li).get(reverse("submission-print", args=[may_filed.pk])).content.decode()
    for words in ("鲁扶统01表", "济南市统计局", "济统制〔2026〕1号", "2027年12月31日",
                  "单位负责人：张", "填表人：李", "联系电话：0531-1234", "盖章处"):  # fmt: skip
        assert words in page
    assert may_filed.signatures.get().digest in page


def test_the_desk_shows_the_year_by_what_was_approved(may_filed, trained, city, li, sign_in):
    trained.targets.create(region=city, year=2026, value=28_000)
    context = sign_in(li).get(reverse("submission-desk")).context
    [standing] = context["year"]
    assert (standing.target, standing.done, standing.rate, standing.pace) == (
        "不少于28000人次", "12480人次", "44.57%", "41.66%",
    )  # fmt: skip
    assert standing.behind is False
    assert standing.found.rate > Decimal("0.44")


@pytest.mark.parametrize("text", ["", "1302", "培训人次", "13,020元", "<b>&\"'", "ａ１", "½"])
def test_what_is_known_at_once_to_need_no_escape_is_escaped_the_same(text):
    assert markup.escape(text) == html.escape(text)


def test_a_file_may_be_sent_for_every_figure_that_was_said(submission, trained, money, li, sign_in):
    save_figures(submission, [Change(trained.pk, submission.agency.region_id, "12")], by=li)
    page = sign_in(li).get(submission.get_absolute_url()).content.decode()
    [choices] = re.findall(r'<select id="evidence-figure".*?</select>', page)
    figure = submission.figures.get()
    assert re.findall(r"<option.*?</option>", choices) == [
        '<option value="">整份报送</option>',
        f'<option value="{figure.pk}">{trained.label}</option>',
    ]


def test_who_saves_in_the_progress_table_stays_there(submission, trained, keys, li, sign_in):
    browser = sign_in(li)
    table = reverse("submission-matrix", args=[submission.pk, trained.programme_id])
    page = browser.get(table).content.decode()
    [(name, value)] = re.findall(r'<input type="hidden" name="(next)" value="(\d+)">', page)
    form = {"act": "save", name: value, f"{keys['trained']}-text": "12",
            f"{keys['trained']}-said": "value", f"{keys['trained']}-seen": "0"}  # fmt: skip
    answer = browser.post(reverse("submission-save", args=[submission.pk]), form, follow=True)
    assert answer.redirect_chain == [(table, 302)]
    assert "已保存。" in answer.content.decode()
    assert submission.figures.get().value == 12
    for strange in ("", "//example.org", "-1", "x"):
        answer = browser.post(
            reverse("submission-save", args=[submission.pk]), form | {"next": strange}
        )
        assert answer.url == submission.get_absolute_url()


def test_no_file_is_asked_for_with_the_form(submission, li, sign_in):
    browser = sign_in(li)
    marks = '<span class="required">必填</span>'
    assert marks not in browser.get(submission.get_absolute_url()).content.decode()
    alone = browser.get(reverse("evidence-add", args=[submission.pk])).content.decode()
    assert alone.count(marks) == 1


HAZY = [
    # January, February, the year so far on the page; as the field's data-before says January.
    ("1300余", "5000", "6300余人次", "1300余"),
    ("1300余", "5", "超1305人次", "1300余"),
    ("1300", "5000余", "超6300人次", "1300"),
    ("超1300", "200多", "超1500人次", "超1300"),
    ("不少于1300", "200", "1500人次以上", "不少于1300"),
    ("近1300", "200", "近1500人次", "近1300"),
    ("约1300", "1", "", "约1300"),
]


@pytest.mark.parametrize(("january", "february", "year", "before"), HAZY)
def test_the_year_is_said_of_qualified_numbers_as_far_as_the_rules_of_sums_allow(
    cycle, trained, money, city, keys, li, zhang, wang, sign_in, january, february, year, before
):
    trained.targets.create(region=city, year=2026, value=10_000)
    first = factories.draft(cycle, factories.month(2026, 1))
    file(
        first, li, zhang, wang, Change(trained.pk, city.pk, january), Change(money.pk, city.pk, "1")
    )
    second = factories.draft(cycle, factories.month(2026, 2))
    browser = sign_in(li)
    sent(browser, second, one(keys["trained"], february))
    row = row_of(browser.get(second.get_absolute_url()), keys["trained"])
    page = browser.get(second.get_absolute_url()).content.decode()
    assert (row.total_words, row.total, row.completion) == (year, None, "")
    assert f'data-before="{before}"' in page
    assert f"<output data-total>{year or '—'}</output>" in page


def test_the_first_qualified_number_of_a_year_is_its_sum_as_it_was_said(
    cycle, trained, keys, li, sign_in
):
    january = factories.draft(cycle, factories.month(2026, 1))
    browser = sign_in(li)
    sent(browser, january, one(keys["trained"], "7000多"))
    assert (
        row_of(browser.get(january.get_absolute_url()), keys["trained"]).total_words == "7000多人次"
    )
