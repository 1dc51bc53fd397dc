"""No number that nobody approved is in any document, however far it came."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from accounts.rules import Refused
from tests import factories
from tracker.catalogue.spans import span_of
from tracker.releases.compiling import compile_release
from tracker.releases.files import ENDINGS, file_of
from tracker.releases.genres import genres
from tracker.releases.issuing import issue
from tracker.review.services import approve, reopen, return_
from tracker.submissions import services as desk
from tracker.submissions.models import Submission

SAID = "31415"
UNSAID = "27182"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def round_(union, league, li):
    """2020, owed by the union and the league, passed on by their superiors."""
    for line, name in (("union", "培训农民工"), ("league", "帮扶贫困学生")):
        factories.indicator(
            li, name, programme_=factories.programme(line, f"{name}项目"), unit_name="名",
            must_say=True,
        )  # fmt: skip
    opened = factories.open_round(
        factories.cycle(union, league, frequency="year", sign_steps=0), span_of("2020")
    )
    desk.prepare(opened)
    return opened


@pytest.fixture
def of(round_):
    """of(union): its submission as it stands."""
    return lambda agency: Submission.objects.get(round=round_, agency=agency)


@pytest.fixture
def filed(of, city_with_people):
    """filed(union, "12"): typed with a text that says the number too, and submitted."""
    reporters = {"union": "li", "league": "sun"}

    def file(agency, number: str) -> Submission:
        reporter = city_with_people.people[reporters[agency.line.code]]
        typed(of(agency), number, reporter)
        return desk.submit(of(agency), by=reporter, version=of(agency).version)

    return file


def typed(submission: Submission, number: str, reporter) -> None:
    """The figure, and a text that says it too, with its number confirmed."""
    figure = submission.agency.line.indicators.get()
    standing = submission.figures.first()
    seen = standing.version if standing else 0
    change = desk.Change(figure.pk, submission.agency.region_id, number, seen=seen)
    desk.save_figures(submission, [change], by=reporter)
    words = submission.narratives.first()
    text = desk.save_narrative(
        submission, figure.programme, "practice", f"走访时登记{number}名。", by=reporter,
        narrative=words, seen=words.version if words else 0,
    )  # fmt: skip
    desk.confirm_numbers(text, [5], by=reporter)


def all_text(version) -> str:
    """Everything that any file of the version holds, taken out of its archive."""
    return "\n".join(text_in(file_of(version, ending)) for ending in ENDINGS if ending != "pdf")


def text_in(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def to_draft(of, filed, agency, people) -> None:
    typed(of(agency), UNSAID, people["sun"])


def to_submitted(of, filed, agency, people) -> None:
    filed(agency, UNSAID)


def to_returned(of, filed, agency, people) -> None:
    filed(agency, UNSAID)
    return_(of(agency), by=people["wang"], version=of(agency).version, note="请核对。")


def to_reopened(of, filed, agency, people) -> None:
    filed(agency, UNSAID)
    approve(of(agency), by=people["wang"], version=of(agency).version)
    reopen(of(agency), by=people["wang"], version=of(agency).version, note="数据有误。")


def to_corrected(of, filed, agency, people) -> None:
    to_reopened(of, filed, agency, people)
    filed(agency, "16180")
    approve(of(agency), by=people["wang"], version=of(agency).version)


STATES = {
    "draft": to_draft,
    "submitted": to_submitted,
    "returned": to_returned,
    "reopened": to_reopened,
    "corrected": to_corrected,
}


@pytest.mark.parametrize("genre", sorted(genres()))
@pytest.mark.parametrize("state", STATES)
def test_only_what_is_approved_is_in_any_file(
    genre, state, of, filed, union, league, city, city_with_people
):
    people = city_with_people.people
    filed(union, SAID)
    approve(of(union), by=people["wang"], version=of(union).version)
    STATES[state](of, filed, league, people)
    release = compile_release(genre, city, span_of("2020"), by=people["wu"])
    text = all_text(release.versions.get())
    assert (SAID in text, UNSAID in text) == (True, False)


def test_a_draft_whose_figure_was_reopened_is_not_issued(of, filed, union, city, city_with_people):
    people = city_with_people.people
    filed(union, SAID)
    approve(of(union), by=people["wang"], version=of(union).version)
    release = compile_release("发布会实录", city, span_of("2020"), by=people["wu"])
    reopen(of(union), by=people["wang"], version=of(union).version, note="数据有误。")
    with pytest.raises(Refused) as refusal:
        issue(release, by=people["zheng"], version=release.version)
    assert str(refusal.value) == (
        "文稿引用的数据或文字已被更正、停用或作废：“培训农民工”（市总工会，2020）、"
        "“培训农民工项目”的做法（市总工会）。请重新汇编后再签发。"
    )


def test_nothing_approved_is_refused_with_what_is_missing(of, filed, union, league, tmp_path):
    filed(union, SAID)
    output = tmp_path / "材料.docx"
    with pytest.raises(CommandError) as refusal:
        call_command(
            "compile",
            "发布会实录",
            "--region",
            "370100",
            "--period",
            "2020",
            "--output",
            str(output),
        )
    assert str(refusal.value) == (
        "济南市2020没有已核定的数据，不能汇编。缺：市总工会：已报送。团市委：草稿。"
    )
    assert not output.exists()
