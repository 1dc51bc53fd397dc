"""Bars with their numbers beside them: the same bytes each time, readable names, the mark where it belongs."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image as Picture

from tests.documents.trees import small
from tracker.documents.charts import BLUE, EDGE, GREY, LABELS, NAMES, RED, ROW, WIDTH, Bar, bars
from tracker.documents.docx import write_docx
from tracker.documents.html import write_html
from tracker.documents.pdf import write_pdf
from tracker.documents.tree import Image, Text

ROWS = (Bar("历下区", Decimal("78.6")), Bar("市中区", Decimal("39.3"), lags=True))


def opened(*args):
    return Picture.open(BytesIO(bars(*args))).convert("RGB")


def at(picture, number, x) -> str:
    return "#{:02x}{:02x}{:02x}".format(*picture.getpixel((x, EDGE + number * ROW + ROW // 2)))


def length(picture, number, colour) -> int:
    return sum(at(picture, number, x) == colour for x in range(NAMES + 2, WIDTH))


def test_two_runs_give_the_same_bytes():
    assert bars(ROWS, Decimal(50)) == bars(ROWS, Decimal(50))
    assert bars(ROWS) != bars(ROWS[:1])


def test_half_the_value_is_half_the_bar_and_what_lags_is_grey():
    picture = opened(ROWS)
    assert length(picture, 0, BLUE) == pytest.approx(2 * length(picture, 1, GREY), abs=4)


def test_the_mark_stands_across_at_its_value():
    picture = opened((Bar("甲", Decimal(100)),), Decimal(50))
    middle = NAMES + (WIDTH - NAMES - 2 * EDGE) // 2
    assert at(picture, 0, middle) == RED


def ink(picture, left, right) -> int:
    """Dark points of the first row between two columns."""
    top, bottom = EDGE, EDGE + ROW
    spots = [(x, y) for x in range(left, right) for y in range(top, bottom)]
    return sum(max(picture.getpixel(spot)) < 90 for spot in spots)


def test_a_number_stands_at_the_edge_where_no_bar_and_no_mark_reaches():
    labelled = tuple(Bar(one.name, one.value, label="78.6%") for one in ROWS)
    picture = opened(labelled, Decimal(100))
    assert ink(picture, WIDTH - EDGE - LABELS + 60, WIDTH - EDGE) > 20
    assert ink(opened(ROWS), WIDTH - EDGE - LABELS + 60, WIDTH - EDGE) == 0
    reds = [x for x in range(NAMES, WIDTH) if at(picture, 0, x) == RED]
    assert max(reds) <= WIDTH - EDGE - LABELS


def test_the_mark_says_what_it_is_above_the_bars():
    plain, named = opened(ROWS, Decimal(90)), opened(ROWS, Decimal(90), "序时90%")
    assert named.height == plain.height + ROW


def pictures_in(pdf: bytes) -> int:
    return pdf.replace(b" ", b"").count(b"/Subtype/Image")


@pytest.mark.parametrize("rows", [(), (Bar("", Decimal(0)),), (Bar("甲" * 40, Decimal(10) ** 12),)])
def test_nothing_at_all_a_zero_and_a_long_name_are_drawn(rows):
    assert opened(rows).width == WIDTH


def test_every_writer_takes_it_with_its_words():
    document = small(Image(bars(ROWS), "各地完成率，数值见表", (Text("图　各地完成率"),)))
    assert "各地完成率，数值见表" in write_html(document)
    assert pictures_in(write_pdf(document)) == 1
    assert pictures_in(write_pdf(small())) == 0
    assert write_docx(document) == write_docx(document)
