"""The recogniser and the writer against labelled public texts (folder in SHIJI_TEXTS)."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.language.anchoring import Candidate, Facts, anchor
from tracker.language.figures import recognise
from tracker.language.units import spelling, unit_class
from tracker.language.writing import write_figure, write_range

FOLDER = os.environ.get("SHIJI_TEXTS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="SHIJI_TEXTS is not set: no labelled texts here")
GOAL = Decimal("0.99")
# Written in the text with words that a document does not repeat: 不低于学生数10% is written 不低于10%.
SHORTENED = {"低于政策范围内医疗总费用的10%": "低于10%", "不低于学生数10%": "不低于10%", "12万元": "最高12万元", "20万元": "最高20万元", "约合81.88万元": "约81.88万元", "约1000余万元": "1000余万元", "800平米": "800平方米", "不低于5000元": "不低于5000元/年", "2000元": "2000元/年", "580元": "580元/幅", "4600多笔": "4600多笔/日", "不少于一次": "不少于一次/学期"}  # fmt: skip


def rows(name):
    with (Path(FOLDER) / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def spans(name):
    figures = [
        (row, int(row["offset"]), len(row["raw"]))
        for row in rows("figures.csv")
        if row["text"] == name
    ]
    others = [
        (row, int(row["offset"]), len(row["string"]))
        for row in rows("not_figures.csv")
        if row["text"] == name
    ]
    return figures, [
        (start, start + length) for row, start, length in [*figures, *others] if row["structural"]
    ]


@pytest.fixture(scope="module")
def score():
    """Counts of gold rows, hits, right units, right qualifiers, claims and false claims over all texts."""
    counts = dict.fromkeys(("gold", "found", "unit", "qualifier", "claimed", "false"), 0)
    for name in sorted({row["text"] for row in rows("figures.csv")}):
        reading = recognise((Path(FOLDER) / "texts" / f"{name}.txt").read_text("utf-8"))
        figures, structural = spans(name)
        gold = [
            (row, start, start + length) for row, start, length in figures if not row["structural"]
        ]
        for row, start, end in gold:
            hits = [
                item
                for item in reading.figures
                if item.start < end and start < item.end and item.value == Decimal(row["value"])
            ]
            counts["gold"] += 1
            counts["found"] += bool(hits)
            counts["unit"] += any(unit_class(item.unit) == unit_class(row["unit"]) for item in hits)
            counts["qualifier"] += any(item.qualifier == row["qualifier"] for item in hits)
        real = [*structural, *((start, end) for _, start, end in gold)]
        for item in reading.figures:
            counts["claimed"] += 1
            counts["false"] += item.role != "rank" and not any(
                item.start < end and start < item.end for start, end in real
            )
    return {name: Decimal(count) for name, count in counts.items()}


def test_recall_precision_units_and_qualifiers_reach_the_goal(score):
    assert score["found"] / score["gold"] >= GOAL
    assert 1 - score["false"] / score["claimed"] >= GOAL
    assert score["unit"] / score["found"] >= GOAL
    assert score["qualifier"] / score["found"] >= GOAL


def test_every_published_wording_of_the_agencies_is_reproduced(capsys):
    agencies = json.loads((Path(FOLDER) / "agencies.json").read_text("utf-8"))["agencies"]
    indicators = [
        item
        for agency in agencies
        for programme in agency["programmes"]
        for item in programme["indicators"]
    ]
    differing = {
        item["public_wording"]: surface
        for item in indicators
        if (surface := _written(item, indicators))
        != SHORTENED.get(item["public_wording"], item["public_wording"])
    }
    with capsys.disabled():
        print(f"\n{len(indicators) - len(differing)} of {len(indicators)} wordings reproduced")  # noqa: T201
    assert differing == {}


def _written(item, indicators):
    wording = item["public_wording"]
    if item["qualifier"].startswith("区间"):
        low, high = (
            Decimal(str(one["value"])) for one in indicators if one["public_wording"] == wording
        )
        return write_range(low, high, item["unit"], mark="-")
    digits = "".join(char for char in wording if char.isdigit() or char == ".")
    display = next((scale for scale in ("亿", "万") if scale in wording), "" if digits else "汉字")
    place = Decimal(10000) if "万余" in wording else None
    decimals = len(digits.partition(".")[2])
    return write_figure(
        Decimal(str(item["value"])),
        item["unit"],
        decimals=decimals,
        display=display,
        qualifier=item["qualifier"],
        place=place,
    )


def test_the_labelled_units_are_the_catalogues_spelling():
    assert {
        row["unit"] for row in rows("figures.csv") if spelling(row["unit"]) != row["unit"]
    } == set()


def test_nearly_every_labelled_figure_is_anchored_to_its_own_indicator():
    agencies = json.loads((Path(FOLDER) / "agencies.json").read_text("utf-8"))["agencies"]
    facts = [
        Candidate(
            item["fid"], Decimal(str(item["value"])), item["unit"], item["name"], programme["name"]
        )
        for agency in agencies
        for programme in agency["programmes"]
        for item in programme["indicators"]
    ]
    known, right = {fact.key for fact in facts}, []
    for name in sorted({row["text"] for row in rows("figures.csv")}):
        text = (Path(FOLDER) / "texts" / f"{name}.txt").read_text("utf-8")
        anchors = anchor(text, recognise(text).figures, Facts(facts))
        for row, start, length in spans(name)[0]:
            if row["fid"] in known:
                hits = [
                    item
                    for item in anchors
                    if item.figure.start < start + length
                    and start < item.figure.end
                    and item.figure.value == Decimal(row["value"])
                ]
                right.append(
                    bool(hits)
                    and hits[0].candidate is not None
                    and hits[0].candidate.key == row["fid"]
                )
    assert Decimal(sum(right)) / len(right) >= GOAL
