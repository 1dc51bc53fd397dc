"""Notes become a transcript: a document of its own, proved, with what was said otherwise in its remarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules import ALLOWED, Refused, Verdict, refused, require
from tracker.documents.tree import Document, plain
from tracker.releases.drafting.anchored import anchored
from tracker.releases.models import Release, Status, Transcript, Version
from tracker.releases.proof import Ground, compilers_sentences, flatten, ground_of, prove_text
from tracker.releases.recording import document_of, freeze
from tracker.releases.rules import COMPILERS

from .building import built, full_name, given
from .comparing import Difference, differences, talks_given, unsaid
from .material import Written, talks_of
from .turns import Turn, read_turns

GENRE = "press_conference"
SPOKEN = frozenset({"talk", "answer", "host"})


@dataclass(frozen=True)
class TalkHeard:
    """A talk of the material: whether it was given, and which of its figures were not said."""

    speaker: str
    is_given: bool
    unsaid: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """Notes laid beside the material, before anything is made of them."""

    turns: tuple[Turn, ...]
    talks: tuple[TalkHeard, ...]
    differences: tuple[Difference, ...]


def may_merge(user: User, release: Release) -> Verdict:
    """Editors and reviewers of the lead office, for a press conference that was not withdrawn."""
    if not user.reach.leads_region(release.region, *COMPILERS):
        return refused("只有牵头单位的编辑和主管可以合成发布会实录。")
    if release.genre != GENRE:
        return refused("只有发布会的会前材料可以合成实录。")
    if release.status == Status.WITHDRAWN:
        return refused("文稿已经撤回。")
    return ALLOWED


def turns_of(version: Version, lines: Sequence[str]) -> tuple[Turn, ...]:
    """The turns of the notes, speakers recognised by the material. Refused without talks in it."""
    talks = talks_of(document_of(version))
    if not talks:
        raise Refused("这份文稿里没有发布词，不是会前材料。")
    return read_turns(lines, [talk.voice for talk in talks])


def look(version: Version, turns: Sequence[Turn]) -> Look:
    """What the notes say beside the material and the ledger; nothing is written."""
    talks = talks_of(document_of(version))
    return _look(talks, turns, _ground(version.release))


def _ground(release: Release) -> Ground:
    return ground_of(release.region, release.span, list(release.lines.all()))


def _look(talks: Sequence[Written], turns: Sequence[Turn], ground: Ground) -> Look:
    reports = {turn.number: prove_text(turn.text, ground) for turn in turns if turn.kind in SPOKEN}
    voices = {talk.voice.key: talk.voice for talk in talks}
    held = given(turns)
    heard = []
    for talk in talks:
        key = talk.voice.key
        spoken = [reports[number] for number in talks_given(turns, key)]
        left = unsaid(talk, spoken) if key in held else ()
        heard.append(TalkHeard(full_name(talk.voice), key in held, left))
    return Look(tuple(turns), tuple(heard), differences(turns, reports, voices))


@transaction.atomic
def merge(
    version: Version, notes: str, turns: Sequence[Turn], *, by: User, name: str, sha256: str
) -> Release:
    """A draft of the transcript beside the material, which stays as it is. The ledger is not touched."""
    material = version.release
    require(may_merge(by, material))
    document, talks = document_of(version), talks_of(document_of(version))
    if not talks:
        raise Refused("这份文稿里没有发布词，不是会前材料。")
    ground = _ground(material)
    seen = _look(talks, turns, ground)
    made = built(document, talks, turns)
    flat = flatten(made)
    vouched = compilers_sentences(version)
    made = anchored(made, prove_text(flat.text, ground, anchors=flat.anchors, vouched=vouched))
    release = _release(material, made, by)
    first = freeze(
        release,
        made,
        kind=Version.Kind.EDITED,
        by=by,
        snapshot=version.snapshot | {"material": version.pk},
        remarks=remarks_of(seen),
    )
    Transcript.objects.create(
        version=first, material=version, name=name[-200:], sha256=sha256, text=notes,
        turns=[_kept(turn) for turn in turns], by=by,
    )  # fmt: skip
    count = len(seen.differences)
    audit.record(
        by, "transcript.merge", release, material=material.pk, sha256=sha256, differences=count
    )
    return release


def _release(material: Release, document: Document, by: User) -> Release:
    release = Release.objects.create(
        genre=material.genre,
        region=material.region,
        span=material.span,
        title=plain(document.title).replace("\n", "")[:200],
        settings=material.settings,
        seed=material.seed,
        compiled_by=by,
    )
    release.lines.set(material.lines.all())
    return release


def remarks_of(seen: Look) -> list[str]:
    """What the editor has to know: differing figures first, then talks that are missing."""
    missing = [
        f"速记中没有{talk.speaker}的发布，沿用会前发布词。"
        for talk in seen.talks
        if not talk.is_given
    ]
    return [one.words for one in seen.differences] + missing


def _kept(turn: Turn) -> dict:
    return {"said": turn.said, "kind": str(turn.kind), "voice": turn.voice}
