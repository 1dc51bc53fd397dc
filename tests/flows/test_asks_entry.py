"""What users of such systems ask for (design: product), as the reporter meets it, through the pages."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.cast import employ
from tracker.catalogue.models import Cycle, EntryMode, Measure
from tracker.ledger.models import Entry
from tracker.ledger.totals import totals
from tracker.submissions.models import Submission

pytestmark = pytest.mark.django_db


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def key_of(indicator, region) -> str:
    return f"f{indicator.pk}-{region.pk}"


def post(user, name, row, **data):
    return browser_of(user).post(reverse(name, args=[row.pk]), data)


def type_in(user, row, fields: dict[str, str], **more):
    """What the form posts: each field, and the version that it was shown in."""
    page = browser_of(user).get(row.get_absolute_url())
    seen = {
        one.key: one.typed["seen"]
        for section in page.context["sections"]
        for one in section.every_row
    }
    data = {f"{key}-text": text for key, text in fields.items()}
    data |= {f"{key}-seen": seen[key] for key in fields}
    return post(user, "submission-save", row, **data, **more)


def decide(row, *people, signer, reviewer) -> Submission:
    """Signed and approved, each on their own page."""
    row.refresh_from_db()
    post(signer, "submission-sign", row, version=row.version)
    row.refresh_from_db()
    post(reviewer, "review-approve", row, version=row.version, note="")
    row.refresh_from_db()
    assert row.status == "approved"
    return row


@pytest.fixture
def trained(li):
    return factories.indicator(li, "培训农民工")


@pytest.fixture
def helped(li):
    return factories.indicator(li, "救助职工")


@pytest.fixture
def cycle(union, trained, helped):
    return factories.cycle(union)


@pytest.fixture
def june(cycle):
    return factories.draft(cycle, factories.month(2026, 6))


def test_ask_6_nothing_to_report_is_distinct_from_missing(
    june, trained, helped, city, li, zhang, wang
):
    type_in(li, june, {key_of(trained, city): "12"})
    desk = browser_of(li).get(reverse("submission-desk"))
    assert [(one.progress.filled, one.progress.owed) for one in desk.context["owed"]] == [(1, 2)]
    missing = type_in(li, june, {}, act="submit")
    assert missing.status_code == 422
    assert "必填。没有发生请" in missing.content.decode()
    post(li, "submission-zero", june, programme=helped.programme_id)
    page = browser_of(li).get(june.get_absolute_url()).content.decode()
    assert 'value="零报告"' in page
    assert type_in(li, june, {}, act="submit").status_code == 302
    decide(june, signer=zhang, reviewer=wang)
    said = {one.indicator: (one.kind, one.value) for one in Entry.objects.current()}
    assert said == {trained: ("value", 12), helped: ("zero", 0)}


def test_ask_6_a_whole_submission_may_have_nothing_to_report(june, li):
    post(li, "submission-zero", june)
    june.refresh_from_db()
    assert june.zero_report
    assert {one.kind for one in june.figures.all()} == {"zero"}
    assert type_in(li, june, {}, act="submit").status_code == 302


def test_ask_12_each_of_several_signers_has_a_visible_state(
    cycle, trained, helped, city, city_with_people, union, li, zhang
):
    chief = employ(city_with_people, "hu", "胡", union, "主席", "signer")
    cycle.sign_steps = 2
    cycle.save()
    row = factories.draft(cycle, factories.month(2026, 7))
    fields = {key_of(trained, city): "12", key_of(helped, city): "3"}
    type_in(li, row, fields, act="submit")
    words = "共2级，已签0级，等第1级审签人签字"
    assert words in browser_of(li).get(row.get_absolute_url()).content.decode()
    row.refresh_from_db()
    post(zhang, "submission-sign", row, version=row.version)
    page = browser_of(li).get(row.get_absolute_url()).content.decode()
    assert "共2级，已签1级，等第2级审签人签字" in page
    assert "张（副主席）" in page
    row.refresh_from_db()
    refused = post(zhang, "submission-sign", row, version=row.version)
    assert refused.status_code == 409
    post(chief, "submission-sign", row, version=row.version)
    row.refresh_from_db()
    assert row.status == "submitted"
    assert [one.signer_name for one in row.signatures.all()] == ["张", "胡"]


@pytest.fixture
def counties(union, city, li):
    """A table of counties with a ratio that follows from its two columns."""
    done = factories.indicator(li, "已入会", unit_name="人", measure=Measure.STOCK, level="county")
    owed = factories.indicator(li, "应入会", unit_name="人", measure=Measure.STOCK, level="county")
    rate = factories.indicator(
        li, "入会率", unit_name="%", measure=Measure.RATIO, level="county", numerator=done,
        denominator=owed, decimals=1,
    )  # fmt: skip
    cycle = factories.cycle(union, filing=Cycle.Filing.FOR_SUBORDINATES)
    return factories.draft(cycle, factories.month(2026, 1)), done, owed, rate


def lines_of(user, row):
    [section] = browser_of(user).get(row.get_absolute_url()).context["sections"]
    return section


def test_ask_13_target_against_actual_is_exported_with_its_breakdown(counties, li):
    row, done, owed, rate = counties
    section = lines_of(li, row)
    for line in section.lines:
        done.targets.create(region=line.region, year=2026, value=200)
    first = [line.rows[0].key for line in section.lines]
    type_in(li, row, dict(zip(first, ("100", "150", "202"), strict=True)))
    place = {"pk": row.pk, "programme": done.programme_id}
    given = browser_of(li).get(reverse("submission-matrix-file", kwargs=place))
    book = openpyxl.load_workbook(BytesIO(b"".join(given.streaming_content)))
    rows = [line for line in book.active.iter_rows(values_only=True) if line[0] == "已入会"]
    assert [(line[1], line[3], line[7], line[8]) for line in rows] == [
        ("历下区", 100, "不少于200人", "50%"),
        ("市中区", 150, "不少于200人", "75%"),
        ("平阴县", 202, "不少于200人", "101%"),
    ]


def test_ask_15_warnings_do_not_drown_errors_and_a_true_figure_is_explained(
    cycle, trained, helped, city, li, zhang, wang
):
    trained.entry_mode = EntryMode.CUMULATIVE
    trained.save()
    may = factories.draft(cycle, factories.month(2026, 5))
    type_in(li, may, {key_of(trained, city): "500", key_of(helped, city): "10"}, act="submit")
    decide(may, signer=zhang, reviewer=wang)
    june = factories.draft(cycle, factories.month(2026, 6))
    type_in(li, june, {key_of(trained, city): "480", key_of(helped, city): "60"})
    page = browser_of(li).get(june.get_absolute_url())
    assert (page.context["errors"], page.context["warnings"]) == (1, 1)
    assert '<details class="field-warning"><summary>' in page.content.decode()
    refused = type_in(li, june, {}, act="submit")
    assert refused.status_code == 422
    assert "确有核减请填写情况说明" in refused.content.decode()
    explained = {f"{key_of(trained, city)}-explanation": "3月有20人次重复统计，已核减"}
    assert (
        type_in(li, june, {key_of(trained, city): "480"}, act="submit", **explained).status_code
        == 302
    )
    june.refresh_from_db()
    post(zhang, "submission-sign", june, version=june.version)
    review = browser_of(wang).get(reverse("review-page", args=[june.pk])).content.decode()
    assert "3月有20人次重复统计，已核减" in review
    june.refresh_from_db()
    post(wang, "review-approve", june, version=june.version, note="")
    kept = Entry.objects.current().get(indicator=trained, span__key="2026-06")
    assert (kept.value, kept.explanation) == (480, "3月有20人次重复统计，已核减")


def test_ask_16_people_of_one_agency_do_not_overwrite_each_other(
    june, trained, helped, city, city_with_people, union, li
):
    fang = employ(city_with_people, "fang", "方", union, "干事", "reporter")
    ours, theirs = browser_of(li), browser_of(fang)
    for one in (ours, theirs):
        one.get(june.get_absolute_url())
    address, key = reverse("submission-autosave", args=[june.pk]), key_of(trained, city)
    theirs.post(address, {f"{key}-text": "10", f"{key}-seen": "0"})
    other = key_of(helped, city)
    told = ours.post(
        address,
        {f"{key}-text": "20", f"{key}-seen": "0", f"{other}-text": "3", f"{other}-seen": "0"},
    ).json()
    assert told["theirs"][key]["text"] == "10"
    assert list(told["saved"]) == [other]
    whole = ours.post(
        reverse("submission-save", args=[june.pk]), {f"{key}-text": "20", f"{key}-seen": "0"}
    )
    assert whole.status_code == 422
    assert "同事刚保存为：10人次" in whole.content.decode()
    assert {one.indicator: one.value for one in june.figures.all()} == {trained: 10, helped: 3}


def test_ask_17_a_percentage_is_recomputed_from_its_operands(counties, city, li, zhang, wang):
    row, done, owed, rate = counties
    lines = lines_of(li, row).lines
    fields = {}
    for line, (above, below) in zip(
        lines, (("50", "100"), ("90", "100"), ("100", "800")), strict=True
    ):
        fields |= {line.rows[0].key: above, line.rows[1].key: below}
    assert rate not in [one.cell.indicator for line in lines for one in line.rows]
    type_in(li, row, fields)
    section = lines_of(li, row)
    assert [line.ratios[0].says for line in section.lines] == ["50.0%", "90.0%", "12.5%"]
    assert [one.says for one in section.ratio_sums] == ["24.0%"]
    type_in(li, row, {}, act="submit")
    decide(row, signer=zhang, reviewer=wang)
    assert totals([rate], [city], ["2026-01"])[rate.pk, city.pk, "2026-01"].value == 24
