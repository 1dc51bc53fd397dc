"""The proof of a stored version, and what keeps it from going out."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import ClassVar

from tracker.releases.asof import hour_for
from tracker.releases.genres import genres
from tracker.releases.models import Release, Version
from tracker.releases.proof.counties import with_counties
from tracker.releases.proof.earlier import issued_before
from tracker.releases.proof.flat import Flat, flatten
from tracker.releases.proof.freshness import state_of_ledger
from tracker.releases.proof.ground import Ground
from tracker.releases.proof.grounding import ground_of
from tracker.releases.proof.proving import prove_text
from tracker.releases.proof.verdicts import Checked, Finding, Report, Vouched
from tracker.releases.recording import document_of
from tracker.releases.waived import waived

KEPT = 8


class Shelf:
    """The last few of something that is costly to make, by a key that names all it depends on."""

    every: ClassVar[list["Shelf"]] = []

    def __init__(self) -> None:
        self.every.append(self)
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def get(self, key: Hashable, make):
        if key not in self._kept:
            self._kept[key] = make()
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def clear(self) -> None:
        self._kept.clear()


_grounds, _reports, _sentences = Shelf(), Shelf(), Shelf()


def forget() -> None:
    """Drop what is kept; for tests, whose databases begin anew."""
    for shelf in Shelf.every:
        shelf.clear()


def ground_now(release: Release) -> Ground:
    """`ground_of` what it may quote, kept while nothing changes: for the proof while somebody types."""
    lines, hour = list(release.lines.all()), hour_for(release)
    about = release.region_id, release.span_id, tuple(sorted(line.pk for line in lines)), hour
    kind = genres().get(release.genre)
    by_county = bool(kind and kind.by_county)

    def make() -> Ground:
        ground = ground_of(release.region, release.span, lines, hour)
        return with_counties(ground, release) if by_county else ground

    return _grounds.get((*about, by_county, state_of_ledger()), make)


def prove_version(version: Version) -> Report:
    """The version as its stored tree reads, against the ledger as it is now."""
    let_pass = waived(version.release)
    key = version.pk, version.digest, let_pass, hour_for(version.release), state_of_ledger()
    return _reports.get(key, lambda: _proved(version, let_pass))


def _proved(version: Version, let_pass: frozenset[str]) -> Report:
    release = version.release
    flat = flatten(document_of(version))
    ground = ground_now(release)
    kind = genres().get(release.genre)
    return prove_text(
        flat.text,
        ground,
        anchors=flat.anchors,
        vouched=vouched_for(version, flat),
        earlier=issued_before(release.region, ground, release),
        waived=let_pass,
        public=not (kind and kind.is_internal),
    )


def vouched_for(version: Version, flat: Flat) -> frozenset[Vouched]:
    """The compiler's sentences on which the version stands, and those for which somebody chose an origin."""
    return compilers_sentences(version) | flat.chosen


def compilers_sentences(version: Version) -> frozenset[Vouched]:
    """Of every compile of the release up to this version; a transcript stands on its material's."""
    rows = version.release.versions.filter(kind=Version.Kind.COMPILED, number__lte=version.number)
    rows = rows | Version.objects.filter(pk=version.snapshot.get("material", 0))
    rows = rows.only("digest", "release")
    return frozenset().union(*map(_own_sentences, rows))


def _own_sentences(version: Version) -> frozenset[Vouched]:
    return _sentences.get(version.digest, lambda: flatten(document_of(version)).vouched)


def stops_issuing(version: Version) -> tuple[str, ...]:
    """In Chinese, one sentence each, what keeps the version from being published."""
    return tuple(say(one) for one in prove_version(version).stops)


def say(one: Checked | Finding) -> str:
    """A stop in words: “7532人次”不一致，台账“救助困难农民工”为7352人次，数字颠倒"""
    if isinstance(one, Checked):
        return f"“{one.figure.raw}”{one.verdict.label}，{one.hint}".rstrip("。，")
    return one.message.rstrip("。")
