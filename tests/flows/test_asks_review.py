"""What users of such systems ask for (the eighteen asks), shown as the person through the pages.

Each test bears the number and the words of its ask; nobody calls a verb here, all go by the pages.
"""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from tests.cast import agency, employ
from tracker.ledger.models import Entry
from tracker.ledger.totals import totals, year_to_date
from tracker.submissions.models import Submission
from tracker.submissions.services import prepare

SEARCH = "/figures/"


@pytest.fixture
def trained(li):
    """人次, per period."""
    return factories.indicator(li, "培训农民工", level="county")


@pytest.fixture
def cycle(union, trained):
    return factories.cycle(union)


class Office:
    """An agency's people at their browsers, one at a time, and the lead office's at theirs."""

    def __init__(self, sign_in, owner, reporter, signer):
        self.sign_in, self.owner, self.reporter, self.signer = sign_in, owner, reporter, signer

    def post(self, who, page, row, **form):
        row = Submission.objects.get(pk=row.pk)
        body = {"version": row.version} | form
        return self.sign_in(who).post(reverse(page, args=[row.pk]), body)

    def types(self, row, said: dict, act="submit", explanation=""):
        """What the browser sends of the form: each field with what it showed."""
        known = {(one.indicator_id, one.region_id): one for one in row.figures.all()}
        body = {"act": act}
        own = "-own" if row.agency.region.level == "city" else ""
        for indicator, text in said.items():
            key = f"f{indicator.pk}-{row.agency.region_id}{own}"
            figure = known.get((indicator.pk, row.agency.region_id))
            body |= {f"{key}-text": text, f"{key}-said": "value", f"{key}-note": ""}
            body |= {f"{key}-seen": str(figure.version if figure else 0)}
            body |= {f"{key}-explanation": explanation}
        return self.post(self.reporter, "submission-save", row, **body)

    def files(self, row, said: dict, **more) -> Submission:
        """Typed, submitted and signed."""
        answer = self.types(row, said, **more)
        assert answer.status_code == 302, answer.content.decode()
        if self.signer:
            assert self.post(self.signer, "submission-sign", row).status_code == 302
        return Submission.objects.get(pk=row.pk)


@pytest.fixture
def office(sign_in, union, li, zhang):
    return Office(sign_in, union, li, zhang)


@pytest.fixture
def month(cycle, union):
    """month(6): the union's draft of June."""

    def draft(number: int) -> Submission:
        made = factories.open_round(cycle, factories.month(2026, number))
        prepare(made)
        return made.submissions.get(agency=union)

    return draft


def shown(answer) -> str:
    return answer.content.decode()


def found_by(sign_in, who, words) -> list[str]:
    rows = sign_in(who).get(SEARCH, {"q": words}).context["window"].rows
    return [f"{one.said['period']} {one.said['value']}" for one in rows]


def test_ask_1_approval_before_a_filled_figure_enters_the_base(
    office, month, trained, sign_in, wang, wu
):
    row = month(6)
    office.types(row, {trained: "12"}, act="save")
    assert found_by(sign_in, wu, "培训农民工") == []
    office.files(row, {trained: "12"})
    assert (found_by(sign_in, wu, "培训农民工"), Entry.objects.count()) == ([], 0)
    assert office.post(wang, "review-approve", row).status_code == 302
    assert found_by(sign_in, wu, "培训农民工") == ["2026年6月 12人次"]


def test_ask_2_cumulative_totals_stay_right_after_a_late_edit_of_an_earlier_period(
    office, month, trained, city, sign_in, wang
):
    rows = {number: month(number) for number in (1, 2, 3)}
    for number, row in rows.items():
        office.files(row, {trained: str(10 * number)})
        office.post(wang, "review-approve", row)
    office.post(wang, "review-reopen", rows[1], note="少报一期")
    office.files(rows[1], {trained: "14"})
    page = sign_in(wang).get(reverse("review-page", args=[rows[1].pk]))
    assert [one.now for one in page.context["moves"]["moved"]] == ["14人次", "34人次", "64人次"]
    assert "核定后将变动的数据" in shown(page)
    office.post(wang, "review-approve", rows[1])
    sums = [year_to_date([trained], [city], f"2026-0{n}") for n in (1, 2, 3)]
    assert [one[trained.pk, city.pk].value for one in sums] == [14, 34, 64]
    assert found_by(sign_in, wang, "培训农民工 2026年1月") == ["2026年1月 14人次"]


def test_ask_3_a_return_carries_a_reason_and_the_whole_history_of_returns_is_kept(
    office, month, trained, sign_in, wang, li
):
    row = office.files(month(6), {trained: "12"})
    assert office.post(wang, "review-return", row, note=" ").status_code == 422
    figure = row.figures.get()
    asked = {
        "ask": figure.pk, f"q{figure.pk}-reason": "definition",
        f"q{figure.pk}-text": "是否含线上培训？",
    }  # fmt: skip
    assert office.post(wang, "review-return", row, **asked).status_code == 302
    office.files(row, {trained: "11"})
    office.post(wang, "review-return", row, note="请附签到表", reason="evidence")
    page = shown(sign_in(li).get(row.get_absolute_url()))
    for words in ("是否含线上培训？", "口径不符", "请附签到表", "缺佐证"):
        assert words in page
    office.files(row, {trained: "11"})
    page = shown(sign_in(wang).get(reverse("review-page", args=[row.pk])))
    for words in ("是否含线上培训？", "请附签到表"):
        assert words in page
    moves = row.moves.filter(to_status="returned").values_list("by__name", "note")
    assert list(moves) == [("王", "质询1项数据：是否含线上培训？"), ("王", "请附签到表")]


def test_ask_4_a_tally_of_return_reasons_and_days_to_review(office, month, trained, sign_in, wang):
    row = office.files(month(6), {trained: "12"})
    office.post(wang, "review-return", row, note="请附签到表", reason="evidence")
    office.files(row, {trained: "12"})
    office.post(wang, "review-approve", row)
    page = sign_in(wang).get(reverse("review-statistics"))
    [line] = page.context["rows"]
    assert (line["tally"].returns, line["tally"].most_rounds, line["days"]) == (1, 2, "0")
    assert "缺佐证 1" in shown(page)
    answer = sign_in(wang).get(reverse("review-statistics-file"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}
    assert (cells["退回次数"], cells["最多报送次数"], cells["缺佐证"]) == (1, 2, 1)


@pytest.fixture
def counties(city_with_people, cycle, sign_in):
    """Three county unions, each with its own people."""
    made = []
    for code in ("370102", "370103", "370124"):
        region = city_with_people.region.children.get(code=code)
        owner = agency(
            "union", region, f"{region.name}总工会", f"{region.name}工会",
            by=city_with_people.people["qian"],
        )  # fmt: skip
        cycle.duties.create(agency=owner, filing="own")
        fills = employ(city_with_people, f"r{code}", "填", owner, "干事", "reporter")
        signs = employ(city_with_people, f"s{code}", "签", owner, "主席", "signer")
        made.append(Office(sign_in, owner, fills, signs))
    return made


def test_ask_9_bulk_approve_with_what_each_contains_in_view(
    counties, cycle, trained, city, sign_in, wang
):
    june = factories.open_round(cycle, factories.month(2026, 6))
    prepare(june)
    rows = [
        one.files(june.submissions.get(agency=one.owner), {trained: str(20 + number)})
        for number, one in enumerate(counties)
    ]
    picks = {"pick": [f"{row.pk}-{row.version}" for row in rows]}
    browser = sign_in(wang)
    before = browser.get(reverse("review-many"), picks)
    assert [row.submission for row in before.context["rows"]] == rows
    assert "将核定3份报送，共3项数据" in shown(before)
    after = browser.post(reverse("review-approve-many"), picks, follow=True)
    assert "已核定3份" in shown(after)
    total = totals([trained], [city], ["2026-06"])[trained.pk, city.pk, "2026-06"]
    assert (total.value, total.count) == (63, 3)


def test_ask_10_who_approved_is_stamped_on_each_figure_and_the_author_stays(
    office, month, trained, sign_in, wang, li
):
    row = office.files(month(6), {trained: "12"})
    office.post(wang, "review-approve", row, note="核对无误")
    figure, entry = row.figures.get(), Entry.objects.get()
    assert (figure.edited_by, entry.reporter, entry.approver) == (li, li, wang)
    page = shown(sign_in(li).get(reverse("figure-page", args=[entry.pk])))
    today = timezone.localdate()
    assert f"王于{today.year}年{today.month}月{today.day}日核定" in page
    assert "审签：张" in page
    history = shown(sign_in(li).get(row.get_absolute_url()))
    assert all(words in history for words in ("李", "张", "王", "核对无误"))


def test_ask_11_unlock_after_approval_by_a_named_permission_and_a_hold_before_publication(
    office, month, trained, sign_in, wang, li, zhang, wu
):
    row = office.files(month(6), {trained: "12"})
    office.post(wang, "review-approve", row)
    for who in (li, zhang, wu):
        answer = office.post(who, "review-reopen", row, note="改数")
        assert answer.status_code in (404, 409)
    assert office.post(wang, "review-reopen", row).status_code == 422
    assert Submission.objects.get(pk=row.pk).status == "approved"
    office.post(wang, "review-reopen", row, note="数据有误")
    assert found_by(sign_in, wu, "培训农民工") == []
    held = shown(sign_in(wu).get(reverse("figure-page", args=[Entry.objects.get().pk])))
    assert "在重新核定之前暂停使用" in held
    office.files(row, {trained: "13"})
    office.post(wang, "review-approve", row)
    assert found_by(sign_in, wu, "培训农民工") == ["2026年6月 13人次"]


def test_ask_12_several_approvers_each_with_a_visible_state(
    city_with_people, cycle, office, month, trained, sign_in, wang, li, zhang, union
):
    cycle.sign_steps = 2
    cycle.save()
    second = employ(city_with_people, "bai", "白", union, "主席", "signer")
    row = month(6)
    office.types(row, {trained: "12"})
    office.post(zhang, "submission-sign", row)
    page = shown(sign_in(li).get(row.get_absolute_url()))
    assert ("待审签" in page, "张（副主席）" in page, "白" in page) == (True, True, False)
    assert office.post(zhang, "submission-sign", row).status_code == 409
    office.post(second, "submission-sign", row)
    page = shown(sign_in(li).get(row.get_absolute_url()))
    assert ("已报送" in page, "白（主席）" in page) == (True, True)
    office.post(wang, "review-approve", row)
    page = shown(sign_in(li).get(row.get_absolute_url()))
    assert all(words in page for words in ("已核定", "张（副主席）", "白（主席）", "王"))


def test_ask_17_percentages_are_kept_as_two_numbers_and_recomputed_not_added(
    counties, cycle, trained, city, sign_in, wang, li
):
    certified = factories.indicator(li, "取得证书", level="county")
    rate = factories.indicator(
        li, "取证率", unit_name="%", measure="ratio", numerator=certified, denominator=trained,
        required=False, level="county",
    )  # fmt: skip
    june = factories.open_round(cycle, factories.month(2026, 6))
    prepare(june)
    for one, (passed, sat) in zip(
        counties, (("10", "100"), ("90", "100"), ("0", "200")), strict=True
    ):
        row = one.files(june.submissions.get(agency=one.owner), {certified: passed, trained: sat})
        assert one.post(wang, "review-approve", row).status_code == 302
    found = totals([rate], [city], ["2026-06"])[rate.pk, city.pk, "2026-06"]
    assert (found.value, found.count) == (Decimal(25), 6)
    assert found_by(sign_in, wang, "取证率") == []
