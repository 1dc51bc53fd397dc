from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.rules import Refused
from tests import factories
from tracker.catalogue.indicators import edit_indicator
from tracker.ledger import standing
from tracker.ledger.models import Entry, Passage, PassageFigure, Standing
from tracker.ledger.posting import NumberPosting, sentence_at


@pytest.fixture
def trained(wang):
    return factories.indicator(wang)


def current():
    return list(Entry.objects.current().values_list("pk", flat=True))


def test_an_entry_keeps_who_reported_who_approved_and_what_was_entered(ground, trained):
    entry = ground.say(
        trained, "2020", "167400", entered="16.74", entered_unit="万人次", decimals=2,
        qualifier="余", as_of_text="2020年底", base_text="近年来", signer_name="张",
    )  # fmt: skip
    entry.refresh_from_db()
    assert (entry.value, entry.entered, entry.entered_unit, entry.decimals) == (
        Decimal(167400), "16.74", "万人次", 2,
    )  # fmt: skip
    assert (entry.reporter.name, entry.approver.name, entry.signer_name) == ("李", "王", "张")
    assert (entry.prefecture, entry.revision, entry.supersedes) == ("3701", 1, None)
    assert entry.definition == trained.definitions.get()
    assert (entry.base_text, entry.base_date, entry.as_of_date) == ("近年来", None, None)


def test_nobody_approves_what_they_reported(ground, trained):
    with pytest.raises(Refused, match="不能核定本人填报的数据"):
        ground.post(ground.posting(trained, "2020", 1), by="li")
    assert Entry.objects.count() == 0


def test_the_database_itself_refuses_a_reporter_who_approves(ground, trained, li):
    entry = ground.say(trained, "2020", 1)
    entry.pk, entry.approver, entry.revision = None, li, 1
    entry.span = ground.posting(trained, "2021").span
    with (
        pytest.raises(IntegrityError, match="entry_reporter_is_not_approver"),
        transaction.atomic(),
    ):
        entry.save(force_insert=True)


def test_a_correction_supersedes_and_both_stay(ground, trained):
    first = ground.say(trained, "2020", 3221)
    second = ground.say(trained, "2020", 3222)
    assert (second.revision, second.supersedes) == (2, first)
    assert current() == [second.pk]
    assert Entry.objects.count() == 2


def test_the_same_figure_again_is_not_posted_twice(ground, trained):
    first = ground.say(trained, "2020", 3221)
    assert ground.say(trained, "2020", 3221) == first
    assert Entry.objects.count() == 1
    assert Standing.objects.count() == 0


def test_the_same_figure_from_another_reporter_is_a_new_revision(ground, trained, sun):
    ground.say(trained, "2020", 3221)
    assert ground.say(trained, "2020", 3221, reporter=sun).revision == 2


def test_a_new_definition_makes_a_new_revision_of_the_same_number(ground, trained, wang):
    ground.say(trained, "2020", 3221)
    edit_indicator(trained, by=wang, definition="含线上培训")
    entry = ground.say(trained, "2020", 3221)
    assert (entry.revision, entry.definition.number) == (2, 2)


def test_a_suspended_entry_is_restored_when_the_same_is_approved_again(ground, trained, wang):
    entry = ground.say(trained, "2020", 3221, origin_id=7)
    assert standing.suspend_entries("figure", [7], by=wang, reason="退回重核") == 1
    assert current() == []
    assert ground.say(trained, "2020", 3221, origin_id=7) == entry
    assert current() == [entry.pk]
    assert [row.kind for row in entry.standings.all()] == ["suspended", "restored"]


def test_a_suspended_entry_is_superseded_by_another_number(ground, trained, wang):
    ground.say(trained, "2020", 3221, origin_id=7)
    standing.suspend_entries("figure", [7], by=wang, reason="退回重核")
    second = ground.say(trained, "2020", 3220, origin_id=7)
    assert second.revision == 2
    assert current() == [second.pk]


def test_suspending_twice_says_it_once(ground, trained, wang):
    ground.say(trained, "2020", 3221, origin_id=7)
    standing.suspend_entries("figure", [7], by=wang, reason="退回重核")
    assert standing.suspend_entries("figure", [7], by=wang, reason="退回重核") == 0


def test_what_was_suspended_can_be_restored_by_itself(ground, trained, wang):
    entry = ground.say(trained, "2020", 3221, origin_id=7)
    standing.suspend_entries("figure", [7], by=wang, reason="退回重核")
    assert standing.restore_entries("figure", [7], by=wang, reason="撤销退回") == 1
    assert standing.restore_entries("figure", [7], by=wang, reason="撤销退回") == 0
    assert current() == [entry.pk]


def test_a_void_entry_counts_no_more_and_the_same_number_starts_a_revision(ground, trained, wang):
    entry = ground.say(trained, "2020", 3221)
    standing.void(entry, by=wang, reason="重复报送")
    assert current() == []
    again = ground.say(trained, "2020", 3221)
    assert (again.revision, again.supersedes) == (2, entry)
    with pytest.raises(Refused, match="不能再作废"):
        standing.void(entry, by=wang, reason="重复报送")


def test_only_a_reviewer_of_the_lead_office_voids(ground, trained, li, wu):
    entry = ground.say(trained, "2020", 3221)
    for person in (li, wu):
        with pytest.raises(Refused, match="只有牵头单位的主管"):
            standing.void(entry, by=person, reason="重复报送")


def test_zero_and_not_applicable_are_entries_too(ground, trained):
    zero = ground.say(trained, "2020", 0, kind="zero")
    absent = ground.say(trained, "2021", kind="na", na_reason="今年未开展")
    assert [zero.value, absent.value, absent.na_reason] == [0, None, "今年未开展"]


@pytest.mark.parametrize("fields", [{"kind": "na"}, {"kind": "zero", "value": 1}, {"kind": ""}])
def test_the_database_refuses_a_value_that_contradicts_what_is_said(ground, trained, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ground.say(trained, "2020", **fields)


def test_members_and_scopes_are_figures_of_their_own(ground, trained):
    entries = ground.post(
        ground.posting(trained, "2020", 10),
        ground.posting(trained, "2020", 4, member="湘西州"),
        ground.posting(trained, "2020", 6, scope="农村"),
    )
    assert sorted(current()) == sorted(entry.pk for entry in entries)


def test_the_same_place_twice_in_one_batch_is_refused(ground, trained):
    with pytest.raises(Refused, match="出现了两次"):
        ground.post(ground.posting(trained, "2020", 10), ground.posting(trained, "2020", 11))
    assert Entry.objects.count() == 0


def test_a_number_typed_above_the_reporting_level_is_a_control_total(ground, wang):
    indicator = factories.indicator(wang, level="county")
    typed = ground.say(indicator, "2020", 100)
    own = ground.say(indicator, "2020", 5, scope="本级")
    below = ground.say_at("370102", indicator, "2020", 95)
    assert [typed.is_control, own.is_control, below.is_control] == [True, False, False]


def test_entries_can_neither_be_changed_nor_removed(ground, trained):
    entry = ground.say(trained, "2020", 1)
    for attempt in (
        lambda: Entry.objects.filter(pk=entry.pk).update(value=2),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_posting_takes_as_many_queries_for_twenty_figures_as_for_three(ground, wang):
    def queries(count):
        indicators = [factories.indicator(wang, f"指标{count}-{i}") for i in range(count)]
        postings = [ground.posting(indicator, "2020", 1) for indicator in indicators]
        with CaptureQueriesContext(connection) as seen:
            ground.post(*postings)
        return len(seen)

    assert queries(3) == queries(20)


def numbers(wang, text, raw, value, **fields):
    start = text.index(raw)
    return NumberPosting(
        start=start,
        end=start + len(raw),
        raw=raw,
        value=Decimal(value),
        confirmed_by=wang,
        **fields,
    )


def test_a_passage_keeps_its_confirmed_numbers_with_their_sentences(ground, wang):
    programme = factories.programme()
    text = "依托基地开展培训。全年办班12期，惠及620人。成效明显。"
    figure = numbers(wang, text, "620人", 620, unit="人")
    [passage] = ground.post_texts(ground.text(programme, "2020", text, figures=(figure,)))
    [kept] = passage.figures.all()
    assert (kept.value, kept.unit, kept.raw) == (620, "人", "620人")
    assert kept.sentence == "全年办班12期，惠及620人。"
    assert passage.text[kept.start : kept.end] == kept.raw


def test_a_changed_text_supersedes_and_an_unchanged_one_stays(ground):
    programme = factories.programme()
    first = ground.text(programme, "2020", "上门培训。", origin_id=9)
    [passage] = ground.post_texts(first)
    assert ground.post_texts(first) == [passage]
    [second] = ground.post_texts(ground.text(programme, "2020", "进村培训。", origin_id=9))
    assert (second.revision, second.supersedes) == (2, passage)
    assert list(Passage.objects.current()) == [second]


def test_a_number_confirmed_later_makes_a_new_revision_of_the_text(ground, wang):
    programme, text = factories.programme(), "培训620人。"
    ground.post_texts(ground.text(programme, "2020", text, origin_id=9))
    figure = numbers(wang, text, "620人", 620, unit="人")
    [passage] = ground.post_texts(
        ground.text(programme, "2020", text, origin_id=9, figures=(figure,))
    )
    assert passage.revision == 2
    assert PassageFigure.objects.get().passage == passage


def test_a_suspended_text_is_restored_when_it_is_approved_again(ground, wang):
    first = ground.text(factories.programme(), "2020", "上门培训。", origin_id=9)
    [passage] = ground.post_texts(first)
    standing.suspend_passages("figure", [9], by=wang, reason="退回")
    assert list(Passage.objects.current()) == []
    assert ground.post_texts(first) == [passage]
    assert list(Passage.objects.current()) == [passage]


def test_a_suspended_text_can_be_restored_by_itself(ground, wang):
    [passage] = ground.post_texts(ground.text(factories.programme(), "2020", "好。", origin_id=9))
    standing.suspend_passages("figure", [9], by=wang, reason="退回")
    assert standing.restore_passages("figure", [9], by=wang, reason="撤销") == 1
    assert list(Passage.objects.current()) == [passage]


def test_two_rows_of_an_import_are_two_texts_and_the_same_words_are_one(ground):
    programme = factories.programme()
    rows = ground.post_texts(
        ground.text(programme, "2020", "办夜校。", origin="import", origin_id=1),
        ground.text(programme, "2020", "办早市。", origin="import", origin_id=1),
        ground.text(programme, "2020", "办夜校。", origin="import", origin_id=2),
    )
    assert rows[0] == rows[2]
    assert Passage.objects.current().count() == 2


def test_nobody_approves_a_text_that_they_reported(ground):
    with pytest.raises(Refused, match="不能核定本人填报的数据"):
        ground.post_texts(ground.text(factories.programme(), "2020", "好。"), by="li")


@pytest.mark.parametrize(
    ("text", "raw", "sentence"),
    [
        ("一句。二句12人。三句。", "12人", "二句12人。"),
        ("12人", "12人", "12人"),
        ("头\n第二行12人\n尾", "12人", "第二行12人"),
        ("问?答12人!", "12人", "答12人!"),
    ],
)
def test_the_sentence_around_a_number_ends_at_its_marks(text, raw, sentence):
    start = text.index(raw)
    assert sentence_at(text, start, start + len(raw)) == sentence


def test_one_sees_own_subordinate_and_led_figures_only(ground, trained, li, sun, wang, zhao, qian):
    entry = ground.say(trained, "2020", 1)
    below = ground.say_at("370102", trained, "2020", 1)
    seen = {
        user.name: set(Entry.objects.visible_to(user).values_list("pk", flat=True))
        for user in (li, sun, wang, zhao, qian)
    }
    both = {entry.pk, below.pk}
    assert seen == {"李": both, "孙": set(), "王": both, "赵": both, "钱": set()}
