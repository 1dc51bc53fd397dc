"""The labelled texts, and a ledger made of what their agencies reported."""

import csv
import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path

from tracker.releases.proof import Ground, Source

FOLDER = os.environ.get("SHIJI_TEXTS", "")


@cache
def ledger() -> Ground:
    """Every figure of agencies.json as an entry of its own, all at one place and time."""
    text = (Path(FOLDER) / "agencies.json").read_text("utf-8")
    agencies = json.loads(text, parse_float=Decimal, parse_int=Decimal)["agencies"]
    return Ground(
        "3701",
        "2020",
        tuple(
            Source(
                row["fid"],
                row["fid"],
                row["name"],
                row["value"],
                row["unit"],
                "2020",
                "3701",
                qualifier=row["qualifier"],
                programme=programme["name"],
            )
            for agency in agencies
            for programme in agency["programmes"]
            for row in programme["indicators"]
        ),
    )


def texts() -> dict[str, str]:
    """The texts whose figures stand in that ledger."""
    return {
        name: (Path(FOLDER) / "texts" / f"{name}.txt").read_text("utf-8")
        for name in sorted({row["text"] for row in figures()})
    }


def figures() -> list[dict[str, str]]:
    """Labelled figures that an agency has reported."""
    with (Path(FOLDER) / "figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if row["fid"] in {source.key for source in ledger().sources}]
