"""How good a compiled document is, in figures that an editor would ask for; nothing here decides anything."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.documents.tree import Document, Heading, Paragraph, Section, figures, plain
from tracker.language.figures import recognise
from tracker.language.prose import sentences, skeleton
from tracker.language.reading import Role
from tracker.language.rules import check
from tracker.language.units import normal_unit
from tracker.releases.material import Material
from tracker.releases.readback import misread, written
from tracker.releases.snapshot import Snapshot
from tracker.releases.wording.names import phrase_of

#: Styles of running text; headings, names and captions are no sentences.
PROSE = ("body", "lead", "answer", "quote")
TALKS, VARIED = ("press_conference",), ("press_conference", "feature")
FEWEST, MOST = 8, 13  # figures in 1,000 characters of a talk
SHORTEST, LONGEST = 40, 80  # characters of its mean sentence
MOST_REPEATS = 2


@dataclass(frozen=True)
class Quality:
    """One document: `wrong` figures are those that are read back as something else than they are.

    `hits` of the wording rules; `sentence` is the mean sentence of the talks in characters; `repeats` are
    sentences built like an earlier one. A document without talks is one talk.
    """

    owed: int
    said: int
    wrong: tuple[str, ...]
    hits: tuple[str, ...]
    characters: int
    talk_figures: int
    talk_characters: int
    sentence: float
    repeats: tuple[str, ...]

    @property
    def hits_per_1000(self) -> float:
        return 1000 * len(self.hits) / max(self.characters, 1)

    @property
    def density(self) -> float:
        """Figures per 1,000 characters of the talks."""
        return 1000 * self.talk_figures / max(self.talk_characters, 1)


def measure(document: Document, snapshot: Snapshot, on: date | None = None) -> Quality:
    """What the document says of what it owes, and how it says it."""
    quoted = {entry for figure in figures(document) for entry in figure.entries}
    text, talk = "\n".join(_lines(document.sections)), "\n".join(_lines(talks(document)))
    told = "\n".join(prose(talks(document)))
    names = snapshot.material.names
    return Quality(
        owed=len(snapshot.owed),
        said=len(quoted & set(snapshot.owed)),
        wrong=tuple(_misread(document, names)),
        hits=tuple(f"{one.rule} {text[one.start : one.end]}" for one in check(text, on=on)),
        characters=_length(text),
        talk_figures=sum(f.role != Role.STRUCTURAL for f in recognise(talk, names).figures),
        talk_characters=_length(talk),
        sentence=_length(told) / max(len(sentences(told)), 1),
        repeats=tuple(repeated("\n".join(prose(document.sections)), snapshot.material)),
    )


def missed(one: Quality, folder: str) -> list[str]:
    """The goals that a document of this genre misses, in words."""
    talk, varied = folder in TALKS, folder in VARIED
    goals = {
        "必写": one.said == one.owed,
        "错数": not one.wrong,
        "数的密度": not talk or FEWEST <= one.density <= MOST,
        "句长": not talk or SHORTEST <= one.sentence <= LONGEST,
        "重复句式": not varied or len(one.repeats) <= MOST_REPEATS,
    }
    return [name for name, reached in goals.items() if not reached]


def talks(document: Document) -> list[Section]:
    """The talks of a conference; of any other document all of it."""
    found = [section for section in document.sections if section.key.startswith("talk")]
    return found or list(document.sections)


def prose(sections: Iterable[Section]) -> Iterator[str]:
    """The paragraphs of running text; approved words are verbatim and count as well."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.style in PROSE:
                yield plain(block.inlines)


def _lines(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for block in (section.heading, *section.blocks):
            if isinstance(block, Heading | Paragraph):
                yield plain(block.inlines)


def _length(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _misread(document: Document, names: tuple[str, ...]) -> Iterator[str]:
    """Printed figures that an independent reading does not find as what they are."""
    for figure in misread(_all_runs(document), figures(document), names):
        yield f"{written(figure)}{abs(figure.value)}{normal_unit(figure.unit)}"


def _all_runs(document: Document) -> Iterator:
    for section in document.sections:
        for block in (section.heading, *section.blocks):
            if hasattr(block, "rows"):
                yield from (cell for row in block.rows for cell in row)
            elif hasattr(block, "inlines"):
                yield block.inlines
    yield document.title


def repeated(text: str, material: Material) -> Iterator[str]:
    """Sentences built like an earlier one: figures, indicators and agencies are one slot each."""
    names = slots_of(material)
    seen: set[str] = set()
    for sentence in sentences(text):
        found = recognise(sentence.text, material.names).figures
        # 下面从五个方面介绍: counts of the text's own parts are no figures.
        if all(one.role == Role.STRUCTURAL for one in found):
            continue
        built = skeleton(sentence.text, {(one.start, one.end) for one in found}, names)
        if built in seen:
            yield built
        seen.add(built)


def slots_of(material: Material) -> Collection[str]:
    """Every name that a sentence may hold: agencies, programmes, indicators with and without their verb."""
    names = {name for one in material.contributors for name in (one.name, one.short_name)}
    names |= {programme.name for one in material.contributors for programme in one.programmes}
    for one in material.contributors:
        for fact in one.facts:
            phrase = phrase_of(fact.topic)
            names |= {fact.topic.name, phrase.noun, phrase.thing}
    return {name for name in names if len(name) > 1}
