"""The counties' months: history confirmed by a second person, and a running month in every state."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from accounts.models import User
from tracker.catalogue.cycles import edit_cycle
from tracker.catalogue.models import Cycle, Indicator, Round
from tracker.catalogue.rounds import open_due_rounds
from tracker.catalogue.spans import previous_key
from tracker.ledger import history
from tracker.review.services import Question, approve, pass_line_review, return_
from tracker.submissions import services as desk
from tracker.submissions.models import Submission
from tracker.submissions.reminding import open_submissions
from tracker.workbooks.cells import Quantity
from tracker.workbooks.writing import write

from .plans import plan_brief
from .press import holder, submission_version
from .tables import months

PAST = 13
SWING = (100, 96, 108, 103, 92, 111, 98, 105, 101, 94, 107, 99, 104)


def run(reviewer: User) -> None:
    """Thirteen months that are over, and the one that is being filled in."""
    cycle = asked_for(reviewer)
    plan_brief(cycle, by=reviewer)
    open_due_rounds(timezone.now())
    round_ = cycle.rounds.filter(state=Round.State.OPEN).order_by("-span__end").first()
    remember(round_.span.key, reviewer)
    open_submissions(round_)
    for county in months()["county"]:
        submission = Submission.objects.get(round=round_, agency__name=county["agency"])
        STATES[county["state"]](submission, county, reviewer)


def asked_for(reviewer: User) -> Cycle:
    """The monthly cycle, for its own indicators only: the workbook's sheet cannot choose them."""
    own = Indicator.objects.filter(programme__name=months()["programme"]["name"])
    cycle = Cycle.objects.get(name=months()["cycle"]["name"])
    return edit_cycle(cycle, indicators=own, by=reviewer)


def remember(running: str, reviewer: User) -> None:
    """The months before the running one, imported by the editor and confirmed by the reviewer."""
    editor = User.objects.get(username="zhuguan2")
    batch = history.stage(
        write([(history.ENTRIES, list(rows_before(running)))]), by=editor, filename="往期月报.xlsx"
    )
    history.confirm(batch, by=reviewer)


def rows_before(running: str):
    key = running
    for step in range(PAST):
        key = previous_key(key)
        for county in months()["county"]:
            for indicator in months()["programme"]["indicators"]:
                yield {
                    "code": indicator["code"],
                    "region": county["code"],
                    "span": key,
                    "value": Quantity(amount(indicator, county, step), ""),
                }


def amount(indicator: dict, county: dict, step: int) -> Decimal:
    """An invented amount, the same at every run."""
    places = Decimal(1).scaleb(-indicator["decimals"])
    swing = SWING[(step + int(county["code"][-2:])) % len(SWING)]
    value = Decimal(str(indicator["base"])) * Decimal(str(county["share"])) * swing / 100
    return value.quantize(places, ROUND_HALF_UP)


def fill(submission: Submission, county: dict, *, only: int | None = None) -> None:
    """What the county's reporter types for the running month."""
    reporter = holder(submission, "reporter")
    known = Indicator.objects.in_bulk(field_name="code")
    rows = months()["programme"]["indicators"][:only]
    changes = [
        desk.Change(
            known[row["code"]].pk, submission.agency.region_id, str(amount(row, county, 5) + step)
        )
        for step, row in enumerate(rows, 1)
    ]
    desk.save_figures(submission, changes, by=reporter)


def filling(submission: Submission, county: dict, reviewer: User) -> None:
    fill(submission, county, only=2)


def signing(submission: Submission, county: dict, reviewer: User) -> None:
    fill(submission, county)
    desk.submit(
        submission, by=holder(submission, "reporter"), version=submission_version(submission)
    )


def line_review(submission: Submission, county: dict, reviewer: User) -> None:
    signing(submission, county, reviewer)
    waiting = Submission.objects.get(pk=submission.pk)
    if waiting.status == "signing":
        desk.sign(waiting, by=holder(submission, "signer"), version=waiting.version)


def submitted(submission: Submission, county: dict, reviewer: User) -> None:
    line_review(submission, county, reviewer)
    superior = User.objects.get(username="gonghui-qian")
    pass_line_review(submission, by=superior, version=submission_version(submission))


def approved(submission: Submission, county: dict, reviewer: User) -> None:
    submitted(submission, county, reviewer)
    approve(submission, by=reviewer, version=submission_version(submission))


def returned(submission: Submission, county: dict, reviewer: User) -> None:
    submitted(submission, county, reviewer)
    asked = submission.figures.get(indicator__code="YB002")
    return_(
        submission,
        by=reviewer,
        version=submission_version(submission),
        questions=[Question(asked.pk, "evidence", "请补传发放花名册，并核对发放户数与金额。")],
    )


def untouched(submission: Submission, county: dict, reviewer: User) -> None:
    """Nothing yet: the county has not begun."""


STATES = {
    "approved": approved,
    "submitted": submitted,
    "line_review": line_review,
    "returned": returned,
    "signing": signing,
    "filling": filling,
    "untouched": untouched,
}
