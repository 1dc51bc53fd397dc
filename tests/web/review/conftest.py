"""Filed submissions of several unions, so that there is a queue."""

import pytest

from accounts.models import Agency
from tests import factories
from tests.cast import agency, employ
from tracker.review.services import approve
from tracker.submissions.models import Submission
from tracker.submissions.services import (
    Change,
    confirm_numbers,
    prepare,
    save_figures,
    save_narrative,
    sign,
    submit,
)


@pytest.fixture
def trained(li):
    """人次, per period, reported by city and counties."""
    return factories.indicator(li, "培训农民工", level="county")


@pytest.fixture
def money(li):
    """元, entered in 万元."""
    return factories.indicator(
        li, "送温暖筹集资金", unit_name="元", entry_scale="万", level="county"
    )


@pytest.fixture
def cycle(union, trained, money):
    return factories.cycle(union, sign_steps=1)


@pytest.fixture
def june(cycle):
    """The round of June, open."""
    return factories.open_round(cycle, factories.month(2026, 6))


@pytest.fixture
def file_for(city_with_people, li, zhang, trained, money):
    """file_for(submission, "12", "3"): filled in, submitted and signed by its own people."""

    def fill(submission: Submission, people: int | str, amount: int | str, **more) -> Submission:
        reporter, signer = staff(city_with_people, submission.agency, li, zhang)
        scope = "本级" if submission.agency.region.level == "city" else ""
        place = submission.agency.region_id
        save_figures(
            submission,
            [
                Change(trained.pk, place, str(people), scope=scope, **more),
                Change(money.pk, place, str(amount), scope=scope),
            ],
            by=reporter,
        )
        submission.refresh_from_db()
        signing = submit(submission, by=reporter, version=submission.version)
        return sign(signing, by=signer, version=signing.version)

    return fill


def staff(city, office: Agency, li, zhang):
    if office == city.union:
        return li, zhang
    return (
        employ(city, f"r{office.pk}", "填", office, "干事", "reporter"),
        employ(city, f"s{office.pk}", "签", office, "主席", "signer"),
    )


@pytest.fixture
def submission(june) -> Submission:
    """The city union's draft of June."""
    prepare(june)
    return Submission.objects.get()


@pytest.fixture
def filed(submission, file_for, trained, li) -> Submission:
    """The city union's June, filed, with a text and its confirmed number."""
    text = save_narrative(submission, trained.programme, "practice", "走访320户。", by=li)
    confirm_numbers(text, [2], by=li)
    return file_for(submission, 12, 3)


@pytest.fixture
def county_filed(city_with_people, cycle, june, file_for, submission):
    """county_filed(3): so many county unions that have filed June."""

    def make(count: int) -> list[Submission]:
        made = []
        for code in ("370102", "370103", "370124")[:count]:
            region = city_with_people.region.children.get(code=code)
            office = agency(
                "union", region, f"{region.name}总工会", f"{region.name}总工会",
                by=city_with_people.people["qian"],
            )  # fmt: skip
            cycle.duties.create(agency=office, filing="own")
            own = Submission.objects.create(round=june, agency=office)
            made.append(file_for(own, 20 + len(made), 5))
        return made

    return make


@pytest.fixture
def july_after_june(filed, cycle, file_for, wang):
    """july_after_june(120): June stands in the ledger, July is filed with so many people."""

    def make(people: int) -> Submission:
        approve(filed, by=wang, version=filed.version)
        july = factories.open_round(cycle, factories.month(2026, 7))
        prepare(july)
        return file_for(Submission.objects.get(round=july, agency=filed.agency), people, 3)

    return make
