"""取数 in a real browser."""

import pytest

from tests import factories
from tests.browser.conftest import PHONE
from tests.ledger.ground import Ground


@pytest.fixture
def said(city_with_people, li):
    """Some figures of the trade union, of two years."""
    ground = Ground(city_with_people)
    people = factories.indicator(li, "培训农民工和农村转移劳动力", unit_name="名")
    money = factories.indicator(
        li, "送温暖资金", unit_name="元", entry_scale="万", entry_mode="cumulative"
    )
    people.definitions.update(text="参加工会培训机构组织的技能培训并结业的人数")
    ground.say(people, "2019", 2875)
    ground.say_at("370102", people, "2020", 412)
    ground.say(
        money, "2020", 5000000, entered="500", entered_unit="万元", qualifier="余",
        base_text="2016年以来", as_of_text="2020年底",
    )  # fmt: skip
    return ground.say(people, "2020", 3221, scope="本级")


def test_a_figure_is_found_and_its_sentence_copied(visit, accessible, shot, said, wang):
    page = visit(wang, "/figures/")
    page.get_by_label("查找").fill("培训 2020年")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/?q=*")
    assert page.locator(".figure-list li:has(a)").count() == 2
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".figure-list li:has(a)").first.get_by_role("button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("2020年，济南市本级培训农民工和农村转移劳动力3221名；")
    shot(page, "figures")
    accessible(page)


@pytest.mark.parametrize("size", [None, PHONE])
def test_an_entry_shows_where_it_comes_from(visit, accessible, shot, said, wang, size):
    page = visit(wang, f"/figures/{said.pk}/", **({"size": size} if size else {}))
    assert page.get_by_text("第1版").first.is_visible()
    shot(page, f"figure-{'phone' if size else 'desk'}")
    accessible(page)


def test_the_list_fits_a_phone(visit, accessible, shot, said, wang):
    page = visit(wang, "/figures/", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "figures-phone")
    accessible(page)
