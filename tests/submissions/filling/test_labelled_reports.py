"""Filling from real reports: the cells of an agency, the texts it published (folder in SHIJI_TEXTS)."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.language.figures import recognise
from tracker.submissions.filling.proposing import Slot, propose

FOLDER = os.environ.get("SHIJI_TEXTS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="SHIJI_TEXTS is not set: no labelled texts here")
RIGHT, WRONG = Decimal("0.88"), Decimal("0.03")


def agencies():
    """Agency's indicators by fid -> slot, without any value: only their names are known."""
    told = json.loads((Path(FOLDER) / "agencies.json").read_text("utf-8"))
    for agency in told["agencies"]:
        yield {
            one["fid"]: Slot(one["fid"], one["name"], one["unit"], programme["name"])
            for programme in agency["programmes"]
            for one in programme["indicators"]
        }


def labelled():
    """Text name -> its labelled rows."""
    found: dict[str, list[dict]] = {}
    with (Path(FOLDER) / "figures.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["text"], []).append(row)
    return found


def counted(slots, name, rows):
    """How many figures of the text were proposed for the right cell, the wrong one, none."""
    text = (Path(FOLDER) / "texts" / f"{name}.txt").read_text("utf-8")
    counts = [0, 0, 0]
    for one in propose(text, recognise(text).figures, slots.values()):
        figure = one.figure
        row = next((r for r in rows if is_at(r, figure)), None)
        if row:
            counts[2 if one.slot is None else 0 if one.slot.key == row["fid"] else 1] += 1
    return counts


def is_at(row, figure):
    start = int(row["offset"])
    overlaps = start < figure.end and figure.start < start + len(row["raw"])
    return overlaps and Decimal(row["value"]) == figure.value


def test_most_figures_are_proposed_for_their_cell_and_hardly_any_for_another():
    right = wrong = none = 0
    texts = labelled()
    for slots in agencies():
        for name, rows in texts.items():
            if mine := [row for row in rows if row["fid"] in slots]:
                one = counted(slots, name, mine)
                right, wrong, none = right + one[0], wrong + one[1], none + one[2]
    total = right + wrong + none
    assert Decimal(right) / total >= RIGHT, f"{right} of {total} for their cell"
    assert Decimal(wrong) / total <= WRONG, f"{wrong} of {total} for another cell"
