"""Reading a compiled .docx as a stranger would, and the agencies' public figures beside it."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx

from tracker.language.figures import recognise
from tracker.language.reading import FigureInText

TALK = re.compile(r"(.+)发布词")
SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
# Names of grades, which are part of what an indicator is called.
PROTECTED = ("一、二级", "三、四级")
# The line below the text that names the version and its hash.
FOOT = "文件版本："
FOUR = ("市总工会", "团市委", "市妇联", "市民政局")


def lines_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(path).paragraphs]


def talks_in(path: Path) -> dict[str, list[str]]:
    """Short name of the agency -> the lines of its talk; 答问口径 -> those of the answers."""
    talks, speaking = {}, None
    for line in lines_of(path):
        if heading := TALK.fullmatch(line):
            speaking = heading[1]
        elif line == "答问口径":
            speaking = line
        elif speaking and not line.startswith(FOOT):
            talks.setdefault(speaking, []).append(line)
    return talks


def annexed_in(path: Path) -> dict[str, list[str]]:
    """Short name of the agency -> its rows of the annexed table, each as a sentence."""
    rows: dict[str, list[str]] = {}
    for table in docx.Document(path).tables:
        for row in table.rows:
            agency, *said = (cell.text for cell in row.cells)
            rows.setdefault(agency, []).append("".join(said[:3]) + "。")
    return rows


def sentences(lines: list[str]) -> Iterator[str]:
    """Sentences of paragraphs; headings and signatures, which end without a mark, are left out."""
    for line in lines:
        yield from (found for found in SENTENCE.findall(line) if found[-1] in "。；！？")


def figures_in(lines: list[str]) -> list[FigureInText]:
    reading = recognise("\n".join(lines), PROTECTED)
    assert reading.leftovers == ()
    return list(reading.figures)


@dataclass(frozen=True)
class Published:
    """One figure of the agencies' public statements."""

    fid: str
    agency: str
    name: str
    value: Decimal
    unit: str
    qualifier: str
    wording: str
    must_say: bool

    @property
    def worth(self) -> tuple[Decimal, str, str]:
        return self.value, self.unit, self.qualifier


@dataclass(frozen=True)
class Mention:
    """A figure in a sentence of a talk."""

    sentence: str
    figure: FigureInText

    def says(self, one: Published) -> bool:
        """Value, unit and qualifier are right, and the sentence names it."""
        return worth(self.figure) == one.worth and bool(pairs(one.name) & pairs(self.sentence))


def worth(figure: FigureInText) -> tuple[Decimal, str, str]:
    return figure.value, figure.unit, figure.qualifier


def mentions(lines: list[str]) -> list[Mention]:
    return [
        Mention(sentence, figure)
        for sentence in sentences(lines)
        for figure in figures_in([sentence])
    ]


def matched(owed: list[Published], said: list[Mention]) -> dict[str, Mention]:
    """Each figure's own mention, by its id; none serves two figures."""
    found, free = {}, list(said)
    for one in owed:
        if mention := next((m for m in free if m.says(one)), None):
            free.remove(mention)
            found[one.fid] = mention
    return found


def pairs(text: str) -> set[str]:
    """Every two neighbouring Chinese characters."""
    return {
        text[i : i + 2] for i in range(len(text) - 1) if re.fullmatch("[一-龥]{2}", text[i : i + 2])
    }


def published() -> list[Published]:
    """The figures of the four agencies, from the folder SHIJI_TEXTS.

    Plans and criteria of age are not achievements and need not be said; 约+余 counts as 余.
    """
    text = (Path(os.environ["SHIJI_TEXTS"]) / "agencies.json").read_text(encoding="utf-8")
    agencies = json.loads(text, parse_float=Decimal, parse_int=Decimal)["agencies"]
    return [
        Published(
            row["fid"],
            agency["agency"],
            row["name"],
            row["value"],
            row["unit"],
            row["qualifier"].replace("约+余", "余"),
            row["public_wording"],
            row["aggregation"] != "plan" and row["unit"] != "岁",
        )
        for agency in agencies
        if agency["agency"] in FOUR
        for programme in agency["programmes"]
        for row in programme["indicators"]
    ]
