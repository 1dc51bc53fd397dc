"""Cumulative totals stay right after a late edit of an earlier period, and what is published stays.

The cases are those of akvo-rsr 5211, 5212, 5194, 5239 and 5241, and story B: the June dispatch.
"""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Agency, Region
from tests import factories
from tests.cast import employ
from tests.ledger.ground import Ground
from tracker.catalogue.models import Definition, Target
from tracker.ledger.comparisons import year_on_year
from tracker.ledger.completions import completions
from tracker.ledger.models import Entry
from tracker.ledger.overlaps import count_once
from tracker.ledger.publishing import publish
from tracker.ledger.totals import totals, year_to_date
from tracker.review.services import approve, reopen
from tracker.submissions.models import Submission
from tracker.submissions.services import Change, prepare, save_figures, sign, submit


@pytest.fixture
def ground(city_with_people):
    return Ground(city_with_people)


@pytest.fixture
def running(li):
    """人次, entered as a cumulative number, by counties."""
    return factories.indicator(li, "受益群众", entry_mode="cumulative", level="county")


@pytest.fixture
def monthly(li):
    """人次, entered per period, by counties."""
    return factories.indicator(li, "培训农民工", level="county")


def to_date(indicator, region, key) -> Decimal | None:
    return year_to_date([indicator], [region], key)[indicator.pk, region.pk].value


def total(indicator, region, key) -> Decimal | None:
    return totals([indicator], [region], [key])[indicator.pk, region.pk, key].value


# akvo-rsr


def test_5211_over_all_periods_a_cumulative_number_is_its_last_one_not_the_sum(
    ground, running, city
):
    for month, value in (("2026-01", 10), ("2026-02", 25), ("2026-03", 40)):
        ground.say_at("370102", running, month, value, base_date=datetime.date(2026, 1, 1))
    assert total(running, city, "2026") == 40
    assert to_date(running, city, "2026-03") == 40


def test_5212_a_sum_of_cumulative_numbers_does_not_fall_where_one_source_is_silent(
    ground, running, city
):
    base = {"base_date": datetime.date(2026, 1, 1)}
    ground.say_at("370102", running, "2026-02", 30, **base)
    ground.say_at("370103", running, "2026-02", 20, **base)
    ground.say_at("370102", running, "2026-03", 35, **base)
    march = year_to_date([running], [city], "2026-03")[running.pk, city.pk]
    assert (march.value, march.complete) == (55, False)


def test_5194_the_sum_to_date_of_a_period_number_runs_on(ground, monthly, city):
    for month, value in (("2026-01", 10), ("2026-02", 20), ("2026-03", 0)):
        ground.say_at("370102", monthly, month, value)
    assert [to_date(monthly, city, f"2026-0{n}") for n in (1, 2, 3)] == [10, 30, 30]


def test_5239_of_one_source_the_last_word_of_several_sources_the_sum_of_their_last_words(
    ground, running, city
):
    base = {"base_date": datetime.date(2026, 1, 1)}
    for value in (10, 12):
        ground.say_at("370102", running, "2026-01", value, **base)
    assert to_date(running, city, "2026-01") == 12
    ground.say_at("370103", running, "2026-01", 7, **base)
    assert to_date(running, city, "2026-01") == 19


def test_5241_a_late_edit_of_the_first_period_leaves_later_cumulative_numbers_alone(
    ground, running, city
):
    base = {"base_date": datetime.date(2026, 1, 1)}
    ground.say_at("370102", running, "2026-01", 10, **base)
    ground.say_at("370102", running, "2026-02", 25, **base)
    ground.say_at("370102", running, "2026-01", 14, **base)
    assert [to_date(running, city, f"2026-0{n}") for n in (1, 2, 3)] == [14, 25, 25]


def test_a_late_edit_of_a_period_number_moves_every_later_sum_by_exactly_the_difference(
    ground, monthly, city
):
    for month, value in (("2026-01", 10), ("2026-02", 20), ("2026-03", 30)):
        ground.say_at("370102", monthly, month, value)
    ground.say_at("370102", monthly, "2026-01", 14)
    assert [to_date(monthly, city, f"2026-0{n}") for n in (1, 2, 3)] == [14, 34, 64]


# Through the pages


@pytest.fixture
def cycle(union, monthly, running):
    return factories.cycle(union, sign_steps=1)


@pytest.fixture
def filed(cycle, union, monthly, running, city, li, zhang):
    """filed(3, "30", "60"): March of the city union itself, filled in, submitted and signed."""

    def file(month: int, flow: str, cumulative: str) -> Submission:
        span = factories.month(2026, month)
        made = cycle.rounds.filter(span=span).first() or factories.open_round(cycle, span)
        prepare(made)
        row = made.submissions.get(agency=union)
        seen = {one.indicator_id: one.version for one in row.figures.all()}
        asked = [one.indicator_id for one in row.figures.filter(questioned=True)]
        said = {monthly.pk: flow, running.pk: cumulative}
        changes = [
            Change(pk, city.pk, text, scope="本级", seen=seen.get(pk, 0), explanation="属实")
            for pk, text in said.items()
            if not asked or pk in asked
        ]
        save_figures(row, changes, by=li)
        row.refresh_from_db()
        signing = submit(row, by=li, version=row.version)
        return sign(signing, by=zhang, version=signing.version)

    return file


@pytest.fixture
def quarter(filed, wang):
    """January, February and March, approved."""
    rows = [filed(n, str(10 * n), str(c)) for n, c in ((1, 10), (2, 30), (3, 60))]
    return [approve(row, by=wang, version=row.version) for row in rows]


def test_the_page_lists_what_moves_before_one_confirms(
    quarter, filed, monthly, city, sign_in, wang
):
    january = quarter[0]
    page = reverse("review-reopen", args=[january.pk])
    sign_in(wang).post(page, {"version": january.version, "note": "少报一个班"})
    filed(1, "14", "10")
    january.refresh_from_db()
    client = sign_in(wang)
    answer = client.get(reverse("review-page", args=[january.pk]))
    moves = answer.context["moves"]
    assert [(one.name, one.was, one.now) for one in moves["changed"]] == [
        ("培训农民工", "10人次", "14人次")
    ]
    moved = [(one.place, one.period, one.was, one.now) for one in moves["moved"]]
    assert moved == [
        ("济南市", "2026年1月止本年累计", "10人次", "14人次"),
        ("济南市", "2026年2月止本年累计", "30人次", "34人次"),
        ("济南市", "2026年3月止本年累计", "60人次", "64人次"),
    ]
    assert "核定后将变动的数据" in answer.content.decode()
    client.post(reverse("review-approve", args=[january.pk]), {"version": january.version})
    assert [to_date(monthly, city, f"2026-0{n}") for n in (1, 2, 3)] == [14, 34, 64]


def test_reported_cumulative_numbers_are_named_as_staying(quarter, filed, sign_in, wang):
    january = quarter[0]
    reopen(january, by=wang, version=january.version, note="多报")
    filed(1, "10", "8")
    answer = sign_in(wang).get(reverse("review-page", args=[january.pk]))
    assert answer.context["moves"]["stays"] == [
        "受益群众（2026年2月）30人次",
        "受益群众（2026年3月）60人次",
    ]


def test_a_correction_is_not_approved_among_many(quarter, filed, sign_in, wang):
    january = quarter[0]
    reopen(january, by=wang, version=january.version, note="多报")
    row = filed(1, "14", "10")
    pick = {"pick": f"{row.pk}-{row.version}"}
    answer = sign_in(wang).get(reverse("review-many"), pick)
    assert (answer.context["rows"], len(answer.context["left_out"])) == ([], 1)
    assert "更正已核定的数据" in answer.content.decode()


def test_what_went_out_is_made_good_for_on_the_agencys_own_page(
    quarter, cycle, union, monthly, city, sign_in, li, wang, zhang
):
    entry = Entry.objects.get(indicator=monthly, span__key="2026-01")
    publish([entry.pk], where="工作简报第21期", by=wang)
    april = factories.open_round(cycle, factories.month(2026, 4))
    prepare(april)
    row = april.submissions.get(agency=union)
    page = reverse("submission-adjustments", args=[row.pk])
    shown = sign_in(li).get(page).content.decode()
    assert "工作简报第21期" in shown
    form = {"entry": entry.pk, "text": "-3", "note": "1月重复统计3人次"}
    assert sign_in(li).post(page, form).status_code == 302
    refused = sign_in(li).post(page, form | {"text": "约3"})
    assert (refused.status_code, "应为确数" in refused.content.decode()) == (422, True)
    changes = [
        Change(monthly.pk, city.pk, "20", scope="本级"),
        Change(row.figures.model.indicator.field.related_model.objects.get(name="受益群众").pk,
               city.pk, "80", scope="本级"),
    ]  # fmt: skip
    save_figures(row, changes, by=li)
    row.refresh_from_db()
    signing = submit(row, by=li, version=row.version)
    row = sign(signing, by=zhang, version=signing.version)
    page = reverse("review-page", args=[row.pk])
    assert "1月重复统计3人次" in sign_in(wang).get(page).content.decode()
    sign_in(wang).post(reverse("review-approve", args=[row.pk]), {"version": row.version})
    assert to_date(monthly, city, "2026-04") == 10 + 20 + 30 + 20 - 3
    assert total(monthly, city, "2026-01") == 10
    reopening = reverse("review-reopen", args=[quarter[0].pk])
    form = {"version": quarter[0].version, "note": "改1月"}
    answer = sign_in(wang).post(reopening, form)
    assert answer.status_code == 409
    assert "工作简报第21期" in answer.content.decode()


# Story B: the June dispatch

MAY = 12480
UNITS = 17


@pytest.fixture
def units(city_with_people, city):
    """Seventeen units of the union, each at its own place."""
    made = []
    for number in range(UNITS):
        name = f"第{number + 1}片区"
        place = Region.objects.create(
            code=f"3701A{number:02d}", name=name, short_name=name, level="county", kind="area",
            parent=city, path=f"{city.path}3701A{number:02d}/",
        )  # fmt: skip
        made.append(
            Agency.objects.create(
                line=city_with_people.union.line, region=place, superior=city_with_people.union,
                name=f"{name}总工会", short_name=name, spoken_name=name,
            )
        )  # fmt: skip
    return made


@pytest.fixture
def printed(ground, units, monthly, li, wang):
    """January to May of all units: 12,480, printed in issue 21.

    A year ago it was 13,020 by the old definition, which is 13,310 by the new one.
    """
    for month in range(1, 7):
        old = {"agency": units[0], "region": units[0].region}
        ground.say(monthly, f"2025-{month:02d}", 13020 // 6, **old)
    Definition.objects.create(
        indicator=monthly, number=2, unit=monthly.unit, comparability="restated", by=li
    )
    parts = {3: 700, 5: 640}
    rest = MAY - sum(parts.values()) - 16 * 5 * 100
    for index, unit in enumerate(units):
        for month in range(1, 6):
            if index == 0:
                value = parts.get(month, rest // 3 if month != 4 else rest - 2 * (rest // 3))
            else:
                value = 100
            ago = 13310 if (index, month) == (0, 1) else 0
            ground.say(
                monthly, f"2026-{month:02d}", value, agency=unit, region=unit.region,
                start_value=Decimal(ago), start_date=datetime.date(2025, month, 28),
            )  # fmt: skip
    quoted = Entry.objects.filter(span__key__startswith="2026")
    publish(quoted.values_list("pk", flat=True), where="工作简报第21期", by=wang)
    return units


@pytest.fixture
def june_round(printed, city_with_people, union, monthly, city):
    cycle = factories.cycle(union, sign_steps=0)
    cycle.indicators.add(monthly)
    for unit in printed:
        cycle.duties.create(agency=unit, filing="own")
    june = factories.open_round(cycle, factories.month(2026, 6))
    prepare(june)
    return june


def reporter_of(city, unit):
    return employ(city, f"u{unit.pk}", f"填{unit.pk}", unit, "干事", "reporter")


def file_june(city, june, unit, value, monthly, adjustments=()):
    row, person = june.submissions.get(agency=unit), reporter_of(city, unit)
    change = Change(
        monthly.pk, unit.region_id, str(value), start="0", start_text="上年同期", explanation="属实"
    )
    save_figures(row, [change], by=person)
    return row, person


def test_story_b_the_june_dispatch(
    printed, june_round, city_with_people, monthly, city, sign_in, wang, li, ground
):
    assert to_date(monthly, city, "2026-05") == MAY
    people = factories.indicator(li, "培训农民工人数", unit_name="人", measure="distinct")
    values = [210, 210, *[100] * 14, 110]
    assert sum(values) == 1930
    minus = Entry.objects.get(indicator=monthly, agency=printed[2], span__key="2026-03")
    plus = Entry.objects.get(indicator=monthly, agency=printed[3], span__key="2026-05")
    made_good = {2: (minus, "-86", "3月重复统计"), 3: (plus, "40", "5月漏报")}
    for index, (unit, value) in enumerate(zip(printed, values, strict=True)):
        row, person = file_june(city_with_people, june_round, unit, value, monthly)
        if index in made_good:
            entry, text, note = made_good[index]
            form = {"entry": entry.pk, "text": text, "note": note}
            page = reverse("submission-adjustments", args=[row.pk])
            assert sign_in(person).post(page, form).status_code == 302
        row.refresh_from_db()
        row = submit(row, by=person, version=row.version)
        page = reverse("review-approve", args=[row.pk])
        assert sign_in(wang).post(page, {"version": row.version}).status_code == 302
    assert to_date(monthly, city, "2026-06") == MAY + 1930 - 86 + 40
    both = [
        Entry.objects.get(indicator=monthly, agency=unit, span__key="2026-06", adjusts="")
        for unit in printed[:2]
    ]
    count_once(*both, Decimal(210), by=wang, reason="两片区联合办班，同为210人次")
    assert to_date(monthly, city, "2026-06") == 14154
    assert to_date(monthly, city, "2026-05") == MAY
    Target.objects.create(indicator=monthly, region=city, year=2026, value=28000)
    done = completions([monthly], [city], "2026-06")[monthly.pk, city.pk]
    assert hundredths(done.rate) == Decimal("50.55")
    assert hundredths(done.ahead) == Decimal("0.55")
    growth = year_on_year([monthly], [city], "2026-06", to_date=True)[monthly.pk, city.pk]
    assert (growth.base.value, hundredths(growth.rate)) == (Decimal(13310), Decimal("6.34"))
    assert hundredths(Decimal(14154) / to_date(monthly, city, "2025-06") - 1) == Decimal("8.71")
    for month in range(1, 7):
        ground.say(people, f"2026-{month:02d}", 1842)
    assert 6 * 1842 == 11052
    ground.say(people, "2026-06", 9870, accumulates="cumulative")
    assert to_date(people, city, "2026-06") == 9870
    report = Entry.objects.filter(publications__where="工作简报第21期")
    assert (report.count(), sum(report.values_list("value", flat=True))) == (85, Decimal(MAY))


def hundredths(fraction: Decimal) -> Decimal:
    return (fraction * 100).quantize(Decimal("0.01"))
