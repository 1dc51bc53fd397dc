"""A bar chart as a PNG: names, bars, and beside a bar its number as the table prints it.

The same rows give the same bytes; Word, WPS, LibreOffice, the PDF and a page show the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from tracker.documents.characters import printable
from tracker.documents.faces import OWN

DPI = 200
WIDTH, ROW, BAR, NAMES, LABELS, EDGE, SIZE = 1180, 52, 30, 400, 170, 24, 26
INK, BLUE, GREY, RED = "#222222", "#2f6fb0", "#9aa7b3", "#c03030"
LONGEST_NAME = 14


@dataclass(frozen=True)
class Bar:
    """One line of the chart; a bar that `lags` is grey, as well as shorter than the mark.

    `label`: its number, word for word as it stands in the table where it is proved.
    """

    name: str
    value: Decimal
    lags: bool = False
    label: str = ""


def bars(rows: Sequence[Bar], mark: Decimal | None = None, label: str = "") -> bytes:
    """The rows from above to below; `mark` is a line across at that value, `label` stands over it."""
    above = EDGE + (ROW if label else 0)
    picture = Image.new("RGB", (WIDTH, ROW * len(rows) + above + EDGE), "white")
    draw = ImageDraw.Draw(picture)
    longest = max([*(abs(row.value) for row in rows), mark or Decimal(0)]) or Decimal(1)
    room = WIDTH - NAMES - 2 * EDGE - (LABELS if any(row.label for row in rows) else 0)
    for number, row in enumerate(rows):
        top = above + number * ROW + (ROW - BAR) // 2
        draw.text(
            (NAMES - EDGE, top + BAR // 2), _short(row.name), fill=INK, font=_font(), anchor="rm"
        )
        length = max(int(abs(row.value) * room / longest), 2)
        draw.rectangle((NAMES, top, NAMES + length, top + BAR), fill=GREY if row.lags else BLUE)
        # In a column of their own: beside its bar a number would run into the line across.
        beside = (WIDTH - EDGE, top + BAR // 2)
        draw.text(beside, printable(row.label), fill=INK, font=_font(), anchor="rm")
    draw.line((NAMES, above, NAMES, picture.height - EDGE), fill=INK, width=2)
    if mark is not None:
        at = NAMES + int(mark * room / longest)
        draw.line((at, above - EDGE // 2, at, picture.height - EDGE // 2), fill=RED, width=3)
        draw.text((at, above - EDGE // 2), printable(label), fill=RED, font=_font(), anchor="mb")
    buffer = BytesIO()
    picture.save(buffer, "PNG", dpi=(DPI, DPI))
    return buffer.getvalue()


def _short(name: str) -> str:
    name = printable(name).replace("\n", "")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(OWN / "NotoSansSC-Medium.otf"), SIZE)
