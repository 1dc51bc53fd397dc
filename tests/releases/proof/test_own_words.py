"""What the compiler itself writes is told nothing by the rules; and a chosen source is no longer in doubt."""

import pytest

from tests.releases.proof.kit import ground, source
from tracker.releases.proof import prove_text

A, B = source("走访困难职工", 1000, "人", qualifier="余"), source("走访困难学生", 1000, "人", qualifier="余")  # fmt: skip


def verdict(text, *anchors):
    [one] = prove_text(text, ground(A, B), anchors=anchors).figures
    return str(one.verdict), one.source.key if one.source else ""


def test_two_facts_of_one_value_are_told_apart_by_whom_the_editor_chose():
    text = "走访困难群体1000余人。"
    assert verdict(text)[0] == "ambiguous"
    assert [verdict(text, (6, 12, one.key)) for one in (A, B)] == [("verified", A.key), ("verified", B.key)]  # fmt: skip


def test_a_node_that_says_its_fact_to_the_letter_is_not_read_as_another_one_loosely():
    """In a table the next row's words stand as near as its own."""
    other = source("公益夏令营", 1500, "人", qualifier="余")
    text = "走访困难职工\n1000余人\n公益夏令营\n1500余人"
    report = prove_text(text, ground(A, other), anchors=[(7, 13, A.key), (20, 26, other.key)])
    assert [one.source.key for one in report.figures] == [A.key, other.key]


@pytest.mark.parametrize("words", ["【待补：主持人姓名】", "【待补】", "市统计局　2021年4月16日"])
def test_open_slots_and_spaces_of_the_frame_are_no_findings(words):
    assert prove_text(f"主持人：{words}\n走访困难职工1000余人。", ground(A)).findings == ()
