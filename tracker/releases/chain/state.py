"""Where a release stands in its chain, worked out of the steps that were taken.

A step holds for the words that it was taken on. When they change it is asked again: the last reading,
the clearing and the signature for any change, an agency's word for a change of its own part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Agency, User
from tracker.releases.genres import Chain
from tracker.releases.models import Countersign, CountersignAnswer, Openness, Release, Step, Version

from .matter import Part, agencies_of, parts_of, text_digest
from .wanted import chain_of

COUNTERSIGN = "countersign"
NUMERALS = "零一二三"


@dataclass(frozen=True)
class Word:
    """Where one agency's countersigning stands. `asked` None: not asked for the words as they are now."""

    agency: Agency
    part: Part
    asked: Countersign | None
    answer: CountersignAnswer | None
    earlier: CountersignAnswer | None
    at: datetime

    @property
    def done(self) -> bool:
        return bool(self.answer and self.answer.outcome != CountersignAnswer.Outcome.DIFFERS)

    @property
    def overdue(self) -> bool:
        return bool(self.asked and not self.answer and self.asked.due_at < self.at)

    @property
    def says(self) -> str:
        """Its state as one word or two."""
        if self.answer:
            return self.answer.get_outcome_display()
        if self.asked:
            return "逾期未答复" if self.overdue else "待会签"
        return "内容有改动，须重新会签" if self.earlier else "未发送"


@dataclass(frozen=True)
class Stage:
    """One stage of the chain. `step` is the last word about it, `stale` when the text has changed since."""

    kind: str
    name: str
    done: bool
    ordinal: int = 1
    step: Step | None = None
    words: tuple[Word, ...] = ()

    @property
    def returned(self) -> bool:
        return bool(self.step and self.step.outcome == Step.Outcome.RETURNED)

    @property
    def stale(self) -> bool:
        """It was agreed to, but on other words."""
        return bool(self.step and not self.done and not self.returned)

    @property
    def confirmed(self) -> int:
        return sum(word.done for word in self.words)


@dataclass(frozen=True)
class State:
    """The stages in their order, for the version that people read; what issuing adds nobody has read."""

    chain: Chain
    version: Version
    digest: str
    stages: tuple[Stage, ...]

    @property
    def drafter(self) -> User | None:
        """拟稿人: who worked on the words last, else who had them compiled; None for the system."""
        return self.version.by or self.version.release.compiled_by

    @property
    def drafters(self) -> set[User]:
        """Who had the text compiled, and who worked on it last: neither reads it for the office."""
        return {one for one in (self.version.by, self.version.release.compiled_by) if one}

    @property
    def next(self) -> Stage | None:
        """The first stage that is not done; None when only issuing is left."""
        return next((stage for stage in self.stages if not stage.done), None)

    def stage(self, kind: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.kind == kind), None)

    @property
    def openness(self) -> str:
        """What the clearing said, where it holds."""
        cleared = self.stage(Step.Kind.SECRECY)
        return cleared.step.openness if cleared and cleared.done else ""


def state_of(release: Release) -> State:
    """In a constant number of queries."""
    version = drafted(release)
    chain, digest = chain_of(release), text_digest(version)
    steps = list(release.steps.select_related("signer", "recorded_by", "scan", "version"))
    stages = _readings(chain, steps, digest)
    if chain.countersign:
        stages.append(_countersigning(release, version))
    if chain.secrecy:
        stages.append(_plain(Step.Kind.SECRECY, steps, digest))
    stages.append(_plain(Step.Kind.SIGN, steps, digest))
    return State(chain, version, digest, tuple(stages))


def drafted(release: Release) -> Version:
    """The last version that a person or the system wrote; issuing freezes another one."""
    rows = release.versions.exclude(kind=Version.Kind.FINAL).order_by("number")
    return rows.select_related("by", "release__region", "release__compiled_by").last()


def _last(steps: Sequence[Step], kind: str, ordinal: int = 1) -> Step | None:
    found = [step for step in steps if (step.kind, step.ordinal) == (kind, ordinal)]
    return found[-1] if found else None


def _holds(step: Step | None, digest: str) -> bool:
    return bool(step and step.outcome == Step.Outcome.AGREED and step.digest == digest)


def _readings(chain: Chain, steps: Sequence[Step], digest: str) -> list[Stage]:
    """Each reading may lead to changes which the next one reads; only the last has to see them all."""
    stages = []
    for ordinal in range(1, chain.readings + 1):
        step = _last(steps, Step.Kind.READING, ordinal)
        agreed = bool(step and step.outcome == Step.Outcome.AGREED)
        done = _holds(step, digest) if ordinal == chain.readings else agreed
        name = f"{NUMERALS[ordinal]}核" if chain.readings > 1 else "核稿"
        stages.append(Stage(Step.Kind.READING, name, done, ordinal, step))
    return stages


def _plain(kind: str, steps: Sequence[Step], digest: str) -> Stage:
    step = _last(steps, kind)
    return Stage(kind, Step.Kind(kind).label, _holds(step, digest), step=step)


def _countersigning(release: Release, version: Version) -> Stage:
    words = words_of(release, version)
    return Stage(COUNTERSIGN, "会签", all(word.done for word in words), words=words)


def words_of(release: Release, version: Version) -> tuple[Word, ...]:
    """Every agency that supplied something, with what it was asked and what it answered."""
    parts, now = parts_of(version), timezone.now()
    asked = list(release.countersigns.order_by("pk").prefetch_related("answers__signer"))
    found = []
    for pk, agency in agencies_of(parts).items():
        part = parts[pk]
        own = [one for one in asked if one.agency_id == pk]
        current = next((one for one in reversed(own) if one.digest == part.digest), None)
        answers = [answer for one in own for answer in one.answers.all()]
        answer = next(
            (one for one in reversed(answers) if current and one.countersign_id == current.pk),
            None,
        )
        found.append(Word(agency, part, current, answer, answers[-1] if answers else None, now))
    return tuple(found)


def pending(release: Release) -> str:
    """Why the chain does not let the release go out yet, signing apart; empty when it does."""
    stage = state_of(release).next
    if stage is None or stage.kind == Step.Kind.SIGN:
        return ""
    if stage.returned:
        return f"{stage.name}已退回：{stage.step.opinion}。请修改后重新办理。"
    if stage.kind == COUNTERSIGN:
        waiting = [word for word in stage.words if not word.done]
        listed = "、".join(f"{word.agency.short_name}（{word.says}）" for word in waiting)
        return f"会签还没有办完：{listed}。"
    if stage.stale:
        return f"{stage.name}以后文字又改过，请重新办理{stage.name}。"
    return f"还没有办理{stage.name}。"


def openness_words(value: str) -> str:
    return Openness(value).label if value else ""
