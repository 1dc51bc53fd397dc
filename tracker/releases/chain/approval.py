"""文稿审签单: the sheet that travels with a text on paper, with what was said on line already filled in."""

from collections.abc import Iterator

from django.utils import timezone

from tracker.documents.tree import Document, Inlines, Paragraph, Section, Table, Text, plain
from tracker.language.dates import say_date
from tracker.releases.genres import genres
from tracker.releases.models import IssueNumber, Release, Step, Version
from tracker.releases.recording import document_of

from .state import COUNTERSIGN, Stage, State, Word, state_of

BLANK = "　"
SIGN_HERE = "（签字）　　　　　　　　　　年　　月　　日"


def sheet_of(release: Release) -> Document:
    """The sheet for the version that stands: filled where something was said, blank where it is waited for."""
    state = state_of(release)
    blocks = (
        Table((), (), tuple(_head(release, state)), widths=(16, 34, 16, 34)),
        Table((), (), (*_rows(state), *_issued(release)), widths=(22, 78)),
        Paragraph((Text("线下签字的，请将本单扫描后在文稿页“登记纸质签字”中上传。"),), "flush"),
    )
    meta = {"version": f"第{state.version.number}版审签单"}
    return Document((Text("文稿审签单"),), (Section("approval", None, blocks),), "approval", meta)


def _head(release: Release, state: State) -> Iterator[tuple[Inlines, ...]]:
    document = document_of(release.versions.order_by("number").last())
    kind = genres()[release.genre].name if release.genre in genres() else release.genre
    number = IssueNumber.objects.filter(release=release).first()
    yield _cells("标题", plain(document.title).replace("\n", ""), "文种", kind)
    yield _cells("版本", f"第{state.version.number}版", "期号", number.words if number else BLANK)
    yield _cells(
        "拟稿", f"{state.drafter.name if state.drafter else '系统汇编'}　{_day(state.version.at)}",
        "期间", str(release.span),
    )  # fmt: skip
    foot = "　".join(document.lines("foot")) or BLANK
    yield _cells("发送范围", foot, "公开属性", _openness(state))


def _openness(state: State) -> str:
    stage = state.stage(Step.Kind.SECRECY)
    if stage is None:
        return BLANK
    if stage.done:
        return stage.step.get_openness_display()
    return "□主动公开　□依申请公开　□不予公开"


def _rows(state: State) -> Iterator[tuple[Inlines, ...]]:
    for stage in state.stages:
        if stage.kind == COUNTERSIGN:
            yield from (
                _cells(f"会签　{word.agency.short_name}", _word(word)) for word in stage.words
            )
        else:
            yield _cells(stage.name, _said(stage))
    yield _cells("签发文字校验", state.digest)


def _issued(release: Release) -> Iterator[tuple[Inlines, ...]]:
    """What went out: the words that were signed with their number and date set in, under a digest of its own."""
    final = release.versions.filter(kind=Version.Kind.FINAL).order_by("number").last()
    if final:
        yield _cells(
            "印发定稿", f"第{final.number}版（在签发的文字上编入期号和日期）\n{final.digest}"
        )


def _said(stage: Stage) -> str:
    """What stands for these words; what was said of others is asked again."""
    step = stage.step
    if step is None or not (stage.done or stage.returned):
        return f"\n{SIGN_HERE}"
    opinion = f"{step.get_outcome_display()}。{step.opinion}"
    return f"{opinion}\n{_signed(step)}"


def _word(word: Word) -> str:
    if word.answer is None:
        due = f"请于{_day(word.asked.due_at)}前会签" if word.asked else ""
        return f"{due}\n{SIGN_HERE}"
    said = [
        f"{one.get_outcome_display()}。{one.opinion}\n{_signed(one)}"
        for one in word.asked.answers.all()
    ]
    return "\n".join(said)


def _signed(row) -> str:
    recorded = f"（纸质，{row.recorded_by.name}登记）" if row.on_paper else "（在线）"
    return f"{row.signer_name}{recorded}　{_day(row.at)}"


def _day(at) -> str:
    return say_date(timezone.localtime(at).date())


def _cells(*texts: str) -> tuple[Inlines, ...]:
    return tuple((Text(text),) for text in texts)
