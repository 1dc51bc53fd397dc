"""A sentence of the city's own in a text: what it says is not said again, what it leaves out is."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.releases.kit import contributor, entries_said, fact, material, programme, said, text_of
from tests.releases.test_random_ledgers import MANY, cities
from tracker.documents.tree import figures
from tracker.releases.compiling import prove
from tracker.releases.facts import growth
from tracker.releases.genres import genre, genres
from tracker.releases.material import Material
from tracker.releases.own_patterns.standing import used_in, worded
from tracker.releases.patterns import Own
from tracker.releases.quality import measure
from tracker.releases.selection import to_the_point
from tracker.releases.snapshot import Snapshot
from tracker.releases.wording.programmes import numbers
from tracker.releases.wording.sentences import Timeline
from tracker.releases.wording.voice import Voice


def trained(value=3221, **fields):
    return fact("农民工", "名", value, "培训", **fields)


def saved(value=13020000, **fields):
    return fact("经济损失", "元", value, "挽回", scale="万", decimals=0, **fields)


def own(source, *facts, number=2):
    names = {"农民工": 0, "经济损失": 1}
    return Own(
        7,
        number,
        source,
        tuple((name, facts[at].topic.id) for name, at in names.items() if at < len(facts)),
    )


def told(source, *facts, seed=1, name="提升素质行动", known=None):
    """The programme's numbers in the city's own words, and what its editor is told."""
    made = replace(programme(name, *facts), own=own(source, *(known or facts)))
    voice = Voice(material(contributor("市总工会", made), seed=seed))
    voice.keep_still()
    return said(numbers(made, voice, Timeline())), voice.remarks


def test_the_sentence_is_said_in_the_citys_words():
    source = "{全域}<累计|共>培训{农民工}，挽回{经济损失}。"
    assert told(source, trained(), saved()) == ("全市累计培训3221名，挽回1302万元。", [])


def test_what_the_sentence_leaves_out_is_said_after_it_by_default():
    text, remarks = told("{全域}共培训{农民工}。", trained(), saved())
    assert (text, remarks) == ("全市共培训3221名。全市累计挽回经济损失1302万元。", [])


def test_an_empty_slot_in_brackets_falls_and_nothing_else():
    source = "{全域}共培训{农民工}[，挽回{经济损失}]。"
    one, other = trained(), saved()
    assert told(source, one, known=(one, other)) == ("全市共培训3221名。", [])


def test_a_needed_slot_that_is_empty_leaves_the_default_and_says_why():
    one, other = trained(), saved()
    text, remarks = told("{全域}培训{农民工}，挽回{经济损失}。", one, known=(one, other))
    assert text == "全市累计培训农民工3221名。"
    assert remarks == [
        "项目“提升素质行动”的句式（第2版）没有用上：“{经济损失}”本期没有核定的数，或本文种不写。已用系统默认句式。"
    ]


def test_figures_of_another_period_are_no_part_of_the_sentence():
    one, other = trained(base="2020年"), saved(base="近年来")
    source = "{全域}共培训{农民工}[，挽回{经济损失}]。"
    text, remarks = told(source, one, other)
    assert text == "2020年，全市共培训3221名。近年来，全市累计挽回经济损失1302万元。"
    assert remarks == []


def test_a_needed_figure_of_another_period_leaves_the_default():
    one, other = trained(base="2020年"), saved(base="近年来")
    _, remarks = told("{全域}共培训{农民工}，挽回{经济损失}。", one, other)
    assert remarks == [
        "项目“提升素质行动”的句式（第2版）没有用上：“{经济损失}”的时段与句中其他数不同。已用系统默认句式。"
    ]


def test_the_time_stands_before_the_sentence_unless_it_says_it_itself():
    one = trained(base="近年来", as_of="2020年底")
    assert told("共培训{农民工}。", one)[0] == "近年来，截至2020年底，共培训3221名。"
    assert told("[截至{截至}，]共培训{农民工}。", one)[0] == "近年来，截至2020年底，共培训3221名。"
    assert told("{时段}共培训{农民工}。", one)[0] == "截至2020年底，近年来共培训3221名。"


def test_a_zero_is_left_to_the_default():
    one = trained(value=0, zero=True)
    text, remarks = told("共培训{农民工}。", one)
    assert text == "农民工为0名。"
    assert remarks[0].endswith("“{农民工}”本期为零。已用系统默认句式。")


def test_parts_are_left_to_the_default():
    one, part = trained(), trained(300)
    part = replace(part, topic=one.topic, member="女性")
    text, _ = told("共培训{农民工}。", one, part)
    assert text == "共培训3221名。全市累计培训女性农民工300名。"


def test_a_change_chooses_its_own_verb_and_level_holds_no_figure():
    new, old = trained(), trained(4000)
    for value, words in ((4000, "增长24.19%"), (3000, "下降6.86%"), (3221, "持平")):
        now = replace(trained(value), related=(("year_on_year", growth(trained(value), new)),))
        assert (
            told("共培训{农民工}[，同比{农民工.同比}]。", now)[0]
            == f"共培训{value}名，同比{words}。"
        )
    assert old.value == 4000


def test_what_cannot_be_computed_falls_with_its_bracket():
    assert told("共培训{农民工}[，同比{农民工.同比}]。", trained())[0] == "共培训3221名。"


def test_the_same_figure_twice_has_two_keys():
    made = replace(programme("行动", one := trained()), own=own("培训{农民工}，即{农民工}。", one))
    voice = Voice(material(contributor("市总工会", made)))
    keys = [inline.key for inline in numbers(made, voice, Timeline()) if hasattr(inline, "key")]
    assert keys == [one.key, f"{one.key}_2"]


def test_a_figure_that_would_be_read_as_another_one_is_not_said_so():
    """Approved before the words around it were known to change its meaning."""
    text, remarks = told("全市培训近{农民工}。", trained())
    assert "近" not in text
    assert remarks == [
        "项目“提升素质行动”的句式（第2版）没有用上：“3221名”在句中会被读成另一个数。已用系统默认句式。"
    ]


def test_a_name_that_is_protected_no_more_leaves_the_default():
    text, remarks = told("515扶贫工程培训{农民工}。", trained())
    assert "515" not in text
    assert remarks[0].startswith("项目“提升素质行动”的句式（第2版）没有用上：第1个字符：")


def test_an_attempt_that_is_dropped_leaves_no_trace_in_the_keys():
    one, other = trained(), saved()
    made = replace(programme("行动", one), own=own("培训{农民工}，挽回{经济损失}。", one, other))
    voice = Voice(material(contributor("市总工会", made)))
    keys = [inline.key for inline in numbers(made, voice, Timeline()) if hasattr(inline, "key")]
    assert keys == [one.key]


def clause_of(source, one):
    topic = replace(one.topic, own=Own(8, 1, source, (("数", one.topic.id),)))
    return replace(one, topic=topic)


def test_an_indicator_has_its_own_clause_among_the_others():
    one, other = clause_of("为农民工挽回损失{数}", saved()), trained()
    made = programme("行动", other, one)
    voice = Voice(material(contributor("市总工会", made)))
    voice.keep_still()
    text = said(numbers(made, voice, Timeline()))
    assert text == "全市累计培训农民工3221名，为农民工挽回损失1302万元。"


def test_a_headline_keeps_its_own_frame():
    one = clause_of("全市累计培训{数}", trained(must_say=True))
    given_ = material(contributor("市总工会", programme("行动", one)))
    text = text_of(genre("通稿")[1].compose(given_, Voice(given_)))
    assert "全市累计全市累计" not in text
    assert "全市累计培训3221名" in text


def test_what_the_sentence_names_is_chosen_before_what_weighs_more():
    """Few numbers serve a point: without the sentence the households would give way."""
    facts = [trained(900 + at, must_say=False) for at in range(4)] + [
        fact("受益户", "户", 12, "惠及", must_say=False)
    ]
    plain = programme("行动", *facts)
    own_words = Own(1, 1, "惠及{受益户}。", (("受益户", facts[4].topic.id),))
    one = contributor("市总工会", plain)
    assert facts[4] not in to_the_point(plain, one).facts
    assert facts[4] in to_the_point(replace(plain, own=own_words), one).facts


def test_programmes_without_a_pattern_are_as_they_were():
    plain = programme("行动", trained())
    speaking = (contributor("市总工会", plain),)
    assert worded(speaking, {}) == speaking
    assert used_in(speaking) == ()


def test_patterns_are_put_on_programmes_and_indicators():
    plain = programme("行动", one := trained())
    speaking = (contributor("市总工会", plain),)
    first, second = Own(3, 2, "x"), Own(4, 1, "y")
    made = worded(
        speaking, {f"p{plain.id}": first, f"i{one.topic.id}": second, "p0": Own(9, 9, "")}
    )
    assert (made[0].programmes[0].own, made[0].facts[0].topic.own) == (first, second)
    assert used_in(made) == ((3, 2), (4, 1))


# Whatever is approved: with a pattern for every programme all is said, and nothing is another figure.


def with_patterns(city: Material) -> Material:
    """A sentence for each programme that names its first two indicators; a clause for every third one."""
    patterns = {}
    for one in city.contributors:
        for number, made in enumerate(one.programmes):
            topics = list(dict.fromkeys(fact.topic for fact in made.facts))[:2]
            if not topics:
                continue
            names = tuple((f"数{at}", topic.id) for at, topic in enumerate(topics, 1))
            rest = "[，另有{数2}]" if len(topics) > 1 else ""
            source = f"[截至{{截至}}，]{{全域}}<累计|共>完成{{数1}}[，同比{{数1.同比}}]{rest}。"
            patterns[f"p{made.id}"] = Own(number + 1, 1, source, names)
            patterns[f"i{topics[-1].id}"] = Own(
                100 + number, 1, "办成{数}", (("数", topics[-1].id),)
            )
    return replace(city, contributors=worded(city.contributors, patterns))


@pytest.mark.parametrize("kind", sorted(genres()))
@MANY
@given(city=cities())
def test_nothing_is_lost_or_changed_in_the_citys_own_words(kind, city):
    worded_city = with_patterns(city)
    plain, made = (genre(kind)[1].compose(one, Voice(one)) for one in (city, worded_city))
    prove(made, worded_city.names)
    owed = {e for one in city.contributors for f in one.facts if f.must_say for e in f.entries}
    assert owed & entries_said(plain) <= entries_said(made)
    # A short item has no table: what no sentence names and nobody must say may stay away.
    assert entries_said(plain) <= entries_said(made)
    assert entries_said(plain) == entries_said(made) or kind == "short_items"
    assert measure(made, Snapshot(worded_city, (), (), (), ())).wrong == ()
    keys = [figure.key for figure in figures(made)]
    assert len(set(keys)) == len(keys)
