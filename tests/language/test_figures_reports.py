"""The recogniser on sentences of reports, each labelled before it was read."""

from tests.language.reports import reports, score
from tracker.language.figures import recognise


def test_every_labelled_figure_is_read_with_its_value_qualifier_and_kind_of_unit():
    wrong = [
        (one.text, found.missed, found.false, found.units)
        for one in reports()
        if (found := score(one)) and (found.missed or found.false or found.units)
    ]
    assert wrong == []


def test_nothing_in_them_is_left_over():
    assert [item.raw for one in reports() for item in recognise(one.text).leftovers] == []


def test_there_are_enough_of_them_to_tell():
    labels = [label for one in reports() for label in one.labels if not label.loose]
    assert (len(reports()), len(labels) >= 570) == (179, True)


def test_the_measure_sees_a_reader_that_drops_or_invents_a_figure():
    one = next(each for each in reports() if len(each.labels) > 2)
    cut = type(one)(one.text.replace("。", "，另有7元。"), one.labels)
    less = type(one)(one.text[: one.read[-1].start], one.labels)
    assert (len(score(cut).false), len(score(less).missed)) == (1, 1)
