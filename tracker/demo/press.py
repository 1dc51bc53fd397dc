"""The press conference: four agencies fill in what they achieved, sign, file, and are approved."""

from accounts.models import Line, Region, User
from tracker.catalogue.cycles import create_ad_hoc_cycle
from tracker.catalogue.models import Indicator, Programme, Round
from tracker.review.services import approve
from tracker.submissions import services as desk
from tracker.submissions.models import Submission
from tracker.submissions.reminding import open_submissions
from tracker.submissions.texts import numbers_in

from .plans import plan_conference
from .tables import city

NAME = "2020年度工作成果新闻发布会"
KINDS = ("practice", "case", "problem", "quote", "next")


def hold(reviewer: User) -> Round:
    """The round of 2020, with all four agencies approved."""
    round_ = ask(reviewer)
    plan_conference(round_.cycle, by=reviewer)
    open_submissions(round_)
    for agency in city()["agency"]:
        submission = Submission.objects.get(round=round_, agency__name=agency["name"])
        file(submission, agency["line"])
        approve(
            Submission.objects.get(pk=submission.pk),
            by=reviewer,
            version=submission_version(submission),
        )
    return round_


def submission_version(submission: Submission) -> int:
    return Submission.objects.values_list("version", flat=True).get(pk=submission.pk)


def ask(reviewer: User) -> Round:
    """Asked for once; the figures are those of the year 2020."""
    names = [agency["line"] for agency in city()["agency"]]
    codes = [figure["code"] for programme in city()["programme"] for figure in programme["figures"]]
    return create_ad_hoc_cycle(
        name=NAME,
        region=Region.objects.by_code("370100"),
        lines=Line.objects.filter(name__in=names),
        indicators=Indicator.objects.filter(code__in=codes),
        due="明天17:00",
        span_key="2020",
        sign_steps=1,
        by=reviewer,
    )


def holder(submission: Submission, role: str) -> User:
    """Who does this for the agency."""
    return User.objects.get(appointments__agency=submission.agency, appointments__grants__role=role)


def file(submission: Submission, line: str) -> None:
    """Everything of the line, typed as a person types it, then signed."""
    reporter = holder(submission, "reporter")
    desk.save_figures(submission, changes_of(submission, line), by=reporter)
    write_texts(submission, line, reporter)
    signing = desk.submit(submission, by=reporter, version=submission_version(submission))
    desk.sign(signing, by=holder(submission, "signer"), version=signing.version)


def changes_of(submission: Submission, line: str) -> list[desk.Change]:
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    region = submission.agency.region_id
    return [
        desk.Change(
            indicators[figure["code"]],
            region,
            figure["value"],
            as_of_text=programme.get("as_of", ""),
            base_text=programme.get("base", ""),
            start=figure.get("start", ""),
            start_text=figure.get("start_at", ""),
        )
        for programme in city()["programme"]
        if programme["line"] == line
        for figure in programme["figures"]
    ]


def write_texts(submission: Submission, line: str, reporter: User) -> None:
    programmes = {one.name: one for one in Programme.objects.filter(line__name=line)}
    for row in city()["programme"]:
        if row["line"] != line:
            continue
        for kind in KINDS:
            if words := row.get(kind):
                speaker = row.get("quote_by", "") if kind == "quote" else ""
                write_text(
                    submission, programmes[row["name"]], kind, words, reporter, speaker=speaker
                )
    for row in city().get("answer", []):
        if row["line"] == line:
            write_text(
                submission, programmes[row["programme"]], "answer", row["text"], reporter,
                question=row["question"],
            )  # fmt: skip


def write_text(submission, programme, kind, words, reporter, **more: str) -> None:
    """A text, and all its numbers confirmed."""
    text = desk.save_narrative(submission, programme, kind, words, by=reporter, **more)
    numbers = numbers_in(text.text, [programme.protected_name])
    if numbers:
        desk.confirm_numbers(text, [number.start for number in numbers], by=reporter)
