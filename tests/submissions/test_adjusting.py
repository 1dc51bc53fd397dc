"""Making good in this period for an earlier one that is already published."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from accounts.rules import Refused
from tests import factories
from tracker.catalogue.spans import span_of
from tracker.ledger.models import Entry
from tracker.ledger.publishing import publish
from tracker.ledger.totals import year_to_date
from tracker.review.services import approve, reopen
from tracker.submissions.adjusting import adjust, correctable, drop_adjustment
from tracker.submissions.filing import digest_of
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, prepare, save_figures, sign, submit


@pytest.fixture
def filed(li, zhang, trained, money, city):
    """filed(submission, "300"): filled in and signed."""

    def file(submission, people):
        seen = {one.indicator_id: one.version for one in submission.figures.all()}
        changes = [
            Change(trained.pk, city.pk, people, seen=seen.get(trained.pk, 0)),
            Change(money.pk, city.pk, "3", seen=seen.get(money.pk, 0)),
        ]
        save_figures(submission, changes, by=li)
        submission.refresh_from_db()
        signing = submit(submission, by=li, version=submission.version)
        return sign(signing, by=zhang, version=signing.version)

    return file


@pytest.fixture
def june_approved(submission, filed, wang):
    row = filed(submission, "300")
    return approve(row, by=wang, version=row.version)


@pytest.fixture
def july(june, june_approved):
    made = factories.open_round(june.cycle, factories.month(2026, 7))
    prepare(made)
    return Submission.objects.get(round=made)


@pytest.fixture
def said(june_approved, trained):
    """June's approved figure."""
    return june_approved.figures.get(indicator=trained)


def entry_of(submission, indicator) -> int:
    known = [one.entry for one in correctable(submission) if one.cell.indicator == indicator]
    return known[0].pk


def to_date(indicator, region, key) -> Decimal:
    return year_to_date([indicator], [region], span_of(key))[indicator.pk, region.pk]


def test_a_minus_in_july_makes_good_for_june_and_leaves_june_as_it_was(
    july, filed, trained, city, li, wang
):
    adjust(july, entry_of(july, trained), "-86", "6月重复统计一期班次", by=li)
    row = filed(july, "200")
    approve(row, by=wang, version=row.version)
    june, both = (to_date(trained, city, key) for key in ("2026-06", "2026-07"))
    # January to May were never asked for, so the sums are not whole; their parts are.
    assert [june.count, both.count] == [1, 3]
    rows = trained_rows(trained)
    assert rows == [("2026-06", "", 300), ("2026-07", "", 200), ("2026-07", "2026-06", -86)]


def trained_rows(indicator) -> list[tuple]:
    rows = Entry.objects.current().filter(indicator=indicator).select_related("span")
    return [(one.span.key, one.adjusts, int(one.value)) for one in rows.order_by("pk")]


def test_it_is_for_flows_that_are_reported_by_period_and_approved_and_of_this_year(
    july, trained, money, li
):
    assert [(one.cell.indicator, one.entry.span.key) for one in correctable(july)] == [
        (trained, "2026-06"),
        (money, "2026-06"),
    ]
    trained.entry_mode = "cumulative"
    trained.save()
    assert [one.cell.indicator for one in correctable(july)] == [money]


def test_it_says_where_the_figure_went_out(july, trained, wang):
    pk = entry_of(july, trained)
    publish([pk], where="工作简报第21期", by=wang)
    publish([pk], where="工作简报第21期", by=wang)
    assert [one.where for one in correctable(july) if one.entry.pk == pk] == [("工作简报第21期",)]


@pytest.mark.parametrize(
    ("text", "note", "words"),
    [
        ("0", "核减", "请填写调整的数量"),
        ("-86余", "核减", "应为确数"),
        ("-86", " ", "请写明调整的原因"),
        ("八十", "核减", "不是可以识别的数值"),
    ],
)
def test_it_needs_an_exact_amount_and_a_reason(july, trained, li, text, note, words):
    with pytest.raises(ValidationError, match=words):
        adjust(july, entry_of(july, trained), text, note, by=li)
    assert july.adjustments.count() == 0


def test_nobody_else_and_nothing_foreign(july, trained, zhang, sun, wang, li, june_approved):
    pk = entry_of(july, trained)
    for who in (zhang, sun, wang):
        with pytest.raises(Refused):
            adjust(july, pk, "-86", "核减", by=who)
    with pytest.raises(Refused, match="只能调整本单位"):
        adjust(july, pk + 1000, "-86", "核减", by=li)
    with pytest.raises(Refused, match="不能再修改"):
        adjust(june_approved, pk, "-86", "核减", by=li)


def test_said_again_it_replaces_and_taken_out_it_is_gone_with_both_in_the_audit(july, trained, li):
    first = adjust(july, entry_of(july, trained), "-86", "核减", by=li)
    again = adjust(july, entry_of(july, trained), "-85", "核减，更正", by=li)
    assert (first.pk, again.value, july.adjustments.count()) == (again.pk, Decimal(-85), 1)
    drop_adjustment(again, by=li)
    acts = AuditEntry.objects.filter(actor=li, act__startswith="submission.adjust")
    assert list(acts.order_by("seq").values_list("act", flat=True)) == [
        "submission.adjust",
        "submission.adjust",
        "submission.adjust_drop",
    ]
    assert july.adjustments.count() == 0


def test_an_adjustment_changes_what_a_signature_stands_for(july, trained, li):
    before = digest_of(july)
    adjust(july, entry_of(july, trained), "-86", "核减", by=li)
    assert digest_of(july) != before


def test_reopening_july_takes_its_adjustments_out_of_use(july, filed, trained, li, wang):
    adjust(july, entry_of(july, trained), "-86", "核减", by=li)
    row = filed(july, "200")
    row = approve(row, by=wang, version=row.version)
    reopen(row, by=wang, version=row.version, note="重报")
    assert trained_rows(trained) == [("2026-06", "", 300)]


def test_what_was_published_is_not_reopened_unless_one_insists(june_approved, said, wang):
    entry = Entry.objects.get(origin="figure", origin_id=said.pk)
    publish([entry.pk], where="工作简报第21期", by=wang)
    version = june_approved.version
    with pytest.raises(Refused, match="《工作简报第21期》公布"):
        reopen(june_approved, by=wang, version=version, note="多报")
    back = reopen(june_approved, by=wang, version=version, note="多报", though_published=True)
    assert back.status == "returned"
    assert AuditEntry.objects.filter(act="submission.reopen_published").count() == 1
