"""What the figures of one text say about one another."""

from decimal import Decimal

import pytest

from tests.releases.proof.kit import blocking, ground, part_of, proved, rules, source
from tracker.releases.proof import Issued, prove_text

WHOLE = source("创建示范村", 512, "个")
PART, OTHER = source("创建脱贫示范村", 154, "个"), source("创建非贫困示范村", 358, "个")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("走访户数512户，其中低保户154户。", set()),
        ("走访户数154户，其中低保户512户。", {"C07"}),
        ("走访近500户，其中低保户512户。", {"C07"}),
        ("走访1.2万人，其中老人1.3万人。", {"C07"}),
        ("走访512户，其中老人600人。", set()),
        ("甲县走访154户；其中乙县512户。", set()),
    ],
)
def test_a_part_is_no_more_than_its_whole(text, found):
    assert blocking(proved(text)) == found


def test_declared_parts_add_up_as_they_are_written():
    kin = {
        **part_of(PART, WHOLE, parts_complete=True),
        **part_of(OTHER, WHOLE),
        WHOLE.indicator: _complete(),
    }
    text = "创建示范村512个。\n创建脱贫示范村154个。\n创建非贫困示范村{}个。"
    entries = (WHOLE, PART, OTHER)
    assert blocking(proved(text.format(358), *entries, kin=kin)) == set()
    wrong = (WHOLE, PART, source("创建非贫困示范村", 300, "个", indicator=OTHER.indicator))
    assert blocking(proved(text.format(300), *wrong, kin=kin)) == {"C08"}


def _complete():
    from tracker.releases.proof.ground import Kin  # noqa: PLC0415 - only here

    return Kin(parts_complete=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("东部160人、中部866人、西部5380人，合计6406人。", False),
        ("东部160人、中部866人、西部5380人，合计6416人。", True),
        ("培训40人。东部160人、中部866人，合计1026人。", False),
        ("东部1.2万人、西部3.4万人，合计4.7万人。", False),
        ("东部1.2万人、西部3.4万人，合计4.8万人。", True),
        ("东部160人、中部866人等，合计6406人。", False),
        ("东部约160人、中部866人，合计6406人。", False),
    ],
)
def test_an_announced_sum_is_added_up_and_a_wrong_one_goes_nowhere(text, found):
    assert ("C08" in rules(proved(text)), "C08" in blocking(proved(text))) == (found, found)


def test_a_total_that_counts_something_else_perhaps_is_only_asked_about():
    report = proved("培训职工160人、农民工866人，共计帮扶就业2000人。")
    assert ("C08" in rules(report), "C08" in blocking(report)) == (True, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一产占9.1%，二产占38.2%，三产占52.7%。", False),
        ("一产占9.1%，二产占38.2%，三产占51.7%。", True),
        ("男性占51%，党员占30%，青年占20%。", False),
    ],
)
def test_shares_of_a_whole_make_a_hundred(text, found):
    assert ("C13" in rules(proved(text))) is found


def test_a_declared_pair_stays_in_order():
    from tracker.releases.proof.ground import Kin  # noqa: PLC0415 - only here

    heads, visits = source("受助学生", 900, "人"), source("救助学生", 800, "人次")
    kin = {heads.indicator: Kin(not_above=frozenset({visits.indicator}))}
    assert "C14" in rules(proved("受助学生900人，救助学生800人次。", heads, visits, kin=kin))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("救助困难农民工7352人次\n全年救助困难农民工7352人次。", set()),
        ("救助困难农民工7000余人次\n全年救助困难农民工7352人次。", set()),
        ("救助困难农民工8352人次\n全年救助困难农民工7352人次。", {"C17"}),
    ],
)
def test_the_headline_says_what_the_body_says(text, found):
    aid = source("救助困难农民工", 7352, "人次")
    assert blocking(proved(text, aid)) == found


def test_what_was_issued_before_is_not_contradicted():
    aid = source("救助困难农民工", 7352, "人次")
    text = "全年救助困难农民工7352人次。"

    def found(value, entries=aid.entries):
        from dataclasses import replace  # noqa: PLC0415 - only here

        old = replace(aid, entries=entries)
        before = Issued("一季度简报", old, f"{value}人次", Decimal(value), "", None)
        report = prove_text(text, ground(aid), earlier=[before])
        return [(one.severity, one.blocks) for one in report.findings if one.rule == "C16"]

    assert found(7352) == []
    assert found(7000) == [("E", True)]
    assert found(7000, entries=(999,)) == [("W", False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("采取三项措施。一是抓培训。二是抓就业。三是抓保障。", False),
        ("采取四项措施。一是抓培训。二是抓就业。三是抓保障。", True),
        ("采取三项措施，成效明显。", False),
    ],
)
def test_as_many_points_as_were_announced(text, found):
    assert ("C09" in rules(proved(text))) is found
