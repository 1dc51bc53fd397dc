"""The jump box finds only what its user may see."""

import pytest

from tracker.web import jump

pytestmark = pytest.mark.django_db


def test_hits_stand_under_the_heading_of_their_search(wang, union, desk):
    assert jump.hits(wang, " 总工会 ") == {
        "测试机构": [jump.Hit("济南市总工会", "市总工会", f"/agencies/{union.pk}/")]
    }


def test_what_one_may_not_see_is_not_found(sun, union, desk):
    assert jump.hits(sun, "总工会") == {}


def test_nothing_typed_finds_nothing(wang, desk):
    assert jump.hits(wang, "  ") == {}


def test_at_most_eight_of_a_kind(wang, monkeypatch):
    monkeypatch.setattr(jump, "SEARCHES", {})
    jump.finds("很多")(lambda user, words: (jump.Hit(str(n), "", "/") for n in range(50)))
    assert [len(hits) for hits in jump.hits(wang, "x").values()] == [8]


def test_the_page_stands_alone_and_htmx_gets_the_hits_only(sign_in, wang, desk):
    client = sign_in(wang)
    assert "<html" in client.get("/jump/?q=总工会").text
    part = client.get("/jump/?q=总工会", headers={"hx-request": "true"}).text
    assert ("<html" in part, "济南市总工会" in part) == (False, True)


def test_nothing_found_is_said_and_the_words_are_escaped(sign_in, wang, desk):
    page = sign_in(wang).get("/jump/?q=<script>").text
    assert "没有找到“&lt;script&gt;”" in page


def test_without_words_the_page_says_what_to_type(sign_in, wang, desk):
    assert "还没有输入要找的内容" in sign_in(wang).get("/jump/").text
