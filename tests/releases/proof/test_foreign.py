"""An equal number is no source for a sentence about something else, however small the ledger."""

import pytest

from tests.releases.proof.kit import ground, source
from tracker.releases.proof import prove_text

TRAINED = source("培训职工", 1302, "人次", programme="职工维权")
PAID = source("发放慰问金", 5010000, "元", programme="职工维权")


def verdicts(text):
    """In the paragraph of the programme, where an editor types."""
    report = prove_text(f"职工维权行动持续推进。{text}", ground(TRAINED, PAID))
    return [(str(one.verdict), one.source.key if one.source else "") for one in report.figures]


@pytest.mark.parametrize(
    "text",
    [
        "全市救助困难群众1302人次。",
        "表彰先进1302人次。",
        "全市发放奖学金501万元。",
        "全市累计救助1302人次。",
        "全市筹集501万元。",
    ],
)
def test_a_number_of_something_else_is_unsupported(text):
    assert verdicts(text) == [("unsupported", "")]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("全市培训职工1302人次。", TRAINED),
        ("举办技能班，参训职工1302人次。", TRAINED),
        ("发放职工慰问金501万元。", PAID),
        ("慰问金共501万元。", PAID),
        ("全市累计培训1302人次。", TRAINED),
        ("惠及1302人次。", TRAINED),
        ("全市共1302人次。", TRAINED),
    ],
)
def test_a_number_whose_sentence_names_its_fact_keeps_it(text, fact):
    assert verdicts(text) == [("verified", fact.key)]


def with_a_node(text, *vouched):
    """The figure at characters 6 to 12 claims the training."""
    facts = ground(TRAINED, PAID)
    report = prove_text(text, facts, anchors=[(6, 12, TRAINED.key)], vouched=vouched)
    return [str(one.verdict) for one in report.figures]


def test_a_figure_keeps_its_origin_in_the_sentence_that_was_vouched_for():
    """A city's own sentence, or the one for which an editor chose it, may leave the name out."""
    assert with_a_node("惠及困难群众1302人次。", (TRAINED.key, "惠及困难群众1302人次")) == [
        "verified"
    ]


def test_a_figure_around_which_somebody_wrote_another_sentence_is_asked_again():
    vouched = (TRAINED.key, "惠及困难群众1302人次")
    assert with_a_node("救助孤寡老人1302人次。", vouched) == ["unsupported"]
    assert with_a_node("惠及困难群众1302人次，救助老人。", vouched) == ["unsupported"]
    assert with_a_node("惠及困难群众1302人次。", (PAID.key, "惠及困难群众1302人次")) == [
        "unsupported"
    ]


def test_another_act_with_another_number_is_not_mended_by_the_fact():
    """帮扶职工366人 is no slip for 培训职工1302人次: the agency has to be asked."""
    [one] = prove_text("全市帮扶困难职工366人。", ground(TRAINED, PAID)).figures
    assert (str(one.verdict), one.source, one.rivals) == ("unsupported", None, ())


@pytest.mark.parametrize("text", ["全市培训职工366人次。", "全市帮扶职工1203人次。"])
def test_the_same_act_or_a_slip_of_the_number_is_mended_by_the_fact(text):
    [one] = prove_text(text, ground(TRAINED, PAID)).figures
    assert (str(one.verdict), one.source) == ("mismatch", TRAINED)


def test_the_fact_is_offered_to_who_typed_the_number():
    [one] = prove_text(
        "职工维权行动持续推进。全市救助困难群众1302人次。", ground(TRAINED, PAID)
    ).figures
    assert one.rivals[0] == TRAINED
    assert "培训职工" in one.hint
