"""House style, roster and dictionaries for programs: of the region that one's office leads, read only."""

from datetime import date

import pytest
from django.urls import reverse

from tests.api.test_reading import rows
from tests.cast import SINCE
from tracker.catalogue.dictionary import add_word, drop_word
from tracker.releases.house.keeping import set_house
from tracker.releases.house.roster import enter
from tracker.releases.house.style import House

NAMES = ("house-style", "roster", "word")


@pytest.fixture(autouse=True)
def _set(city, wu):
    set_house(city, House(range_mark="～"), by=wu, version=0)
    set_house(city, House(range_mark="至"), by=wu, version=1, note="统一")
    enter(city, by=wu, part="host", agency=None, body="市委宣传部", name="关汉卿", post="副部长",
          order=1, starts=SINCE, ends=None)  # fmt: skip
    add_word(
        city, by=wu, kind="term", words="弱势群体", instead="困难群众", valid_from=date(2021, 1, 1)
    )


def listed(client, name, **query):
    return rows(client.get(reverse(f"api-{name}-list"), query))


def test_every_version_with_its_content_the_newest_first(program, zheng):
    found = listed(program(zheng), "house-style")
    told = [(one["number"], one["region"], one["content"], one["note"]) for one in found]
    assert told == [
        (2, "3701", {"range_mark": "至"}, "统一"),
        (1, "3701", {"range_mark": "～"}, ""),
    ]


def test_the_roster_with_its_dates(program, wu):
    [one] = listed(program(wu), "roster", part="host")
    assert (one["place"], one["post"], one["name"]) == ("市委宣传部", "副部长", "关汉卿")
    assert (one["starts"], one["ends"]) == (SINCE.isoformat(), None)
    assert listed(program(wu), "roster", part="reader") == []


def test_the_words_by_kind_without_those_that_were_dropped(program, city, wu):
    dropped = add_word(city, by=wu, kind="name", words="515工程")
    drop_word(dropped, by=wu, version=1)
    [one] = listed(program(wu), "word", kind="term")
    assert (one["words"], one["instead"], one["valid_from"]) == (
        "弱势群体",
        "困难群众",
        "2021-01-01",
    )
    assert listed(program(wu), "word", kind="name") == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["li", "qian", "sun"])
def test_others_read_nothing(program, city_with_people, name, who):
    assert listed(program(city_with_people.people[who]), name) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_auditor_reads_all_and_nobody_writes(program, zhao, wu, name):
    assert listed(program(zhao), name) != []
    assert program(wu, may_act=True).post(reverse(f"api-{name}-list"), {}).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_three_cost_no_more_queries_than_one(
    program, city, wu, name, django_assert_max_num_queries
):
    client = program(wu)
    listed(client, name)
    for number in range(2, 4):
        set_house(city, House(settings={"brief": {"刊名": f"刊{number}"}}), by=wu, version=number)
        add_word(city, by=wu, kind="term", words=f"旧词{number}", instead="新词")
    with django_assert_max_num_queries(10) as taken:
        listed(client, name)
    assert len(taken) <= 10
