"""The house style, the roster and the dictionaries on their pages, as the editor works with them."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Agency, Region
from tests.cast import SINCE
from tracker.catalogue.dictionary import add_word
from tracker.catalogue.models import CityWord
from tracker.documents.text import write_text
from tracker.releases.compiling import compile_release
from tracker.releases.genres import genres
from tracker.releases.house.keeping import house_at, set_house
from tracker.releases.house.roster import enter
from tracker.releases.house.roster_book import ROSTER, plan_roster
from tracker.releases.house.style import House
from tracker.releases.issuing import latest
from tracker.releases.models import HouseStyle, Release, RosterPerson
from tracker.releases.proof import stops_issuing
from tracker.releases.recording import document_of
from tracker.workbooks.writing import write

STYLE = reverse("house-style")
BRIEF = reverse("house-genre", args=["brief"])
CONFERENCE = reverse("house-genre", args=["press_conference"])
MASTHEAD = {
    "version": 0, "设-刊名": "泉城民生简报", "设-编印单位": "市协调办综合处编印",
    "设-期号写法": "第{期号}号", "设-报": "市委、市政府领导", "设-份数": "80", "语-打算标题": "下一步安排",
}  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def sheet(answer) -> str:
    """The words of the preview."""
    [paper] = re.findall(r"<article.*</article>", text(answer), re.DOTALL)
    return re.sub(r"<[^>]+>", "", paper)


def compiled(browser, city, **more) -> str:
    """What the document says that the editor compiles on the page."""
    form = {"genre": "brief", "region": city.pk, "period": "2026-06", **more}
    answer = browser.post(reverse("release-compile"), form)
    assert answer.status_code == 302
    return write_text(document_of(latest(Release.objects.latest("pk"))))


def test_an_editor_sets_the_masthead_and_the_next_brief_says_it(approved, city, wu, sign_in):
    browser = sign_in(wu)
    answer = browser.post(BRIEF, MASTHEAD, follow=True)
    assert "已保存为第1版，以后汇编的文稿按这一版。" in text(answer)
    words = compiled(browser, city)
    for said in (
        "泉城民生简报",
        "市协调办综合处编印",
        "第　号",
        "报：市委、市政府领导。",
        "共印80份",
    ):
        assert said in words


def test_the_compile_page_says_what_the_city_has_set(city, wu, sign_in):
    browser = sign_in(wu)
    browser.post(BRIEF, MASTHEAD)
    page = text(browser.get(reverse("release-compile") + "?genre=brief"))
    assert "不填则为“泉城民生简报”" in page


def test_a_preview_shows_the_masthead_and_the_headings_and_keeps_nothing(city, wu, sign_in):
    answer = sign_in(wu).post(BRIEF, MASTHEAD | {"act": "preview"})
    words = sheet(answer)
    for said in (
        "泉城民生简报",
        "市协调办综合处编印",
        "一、工作进展",
        "下一步安排",
        "报：市委、市政府领导。",
    ):
        assert said in words
    assert ("还没有保存" in text(answer), HouseStyle.objects.count()) == (True, 0)


def test_the_page_shows_what_holds_and_how_it_looks(city, wu, sign_in):
    set_house(city, House(settings={"brief": {"刊名": "民生专刊"}}), by=wu, version=0)
    page = sign_in(wu).get(BRIEF)
    assert 'value="民生专刊"' in text(page)
    assert "民生专刊" in sheet(page)


def test_opening_and_closing_of_a_conference_are_the_citys(approved, city, wu, sign_in):
    browser = sign_in(wu)
    form = {
        "version": 0, "语-称呼": "各位记者朋友：", "语-欢迎语": "{问候}！欢迎出席。",
        "语-结束语": "发布会到此结束，谢谢！", "语-致谢": "的介绍。\n的发布。",
    }  # fmt: skip
    browser.post(CONFERENCE, form)
    words = compiled(browser, city, genre="press_conference")
    for said in ("各位记者朋友：", "大家好！欢迎出席。", "发布会到此结束，谢谢！"):
        assert said in words
    assert "因时间关系" not in words
    assert house_at(city).formulas["press_conference"]["致谢"] == ("的介绍。", "的发布。")


@pytest.mark.parametrize(
    ("address", "field", "words", "said"),
    [
        (CONFERENCE, "语-结束语", "共3个单位介绍了情况。", "固定用语里不能有数字"),
        (CONFERENCE, "语-欢迎语", "{时间}好！", "不认识{时间}"),
        (BRIEF, "设-期号写法", "第期", "要有一个{期号}"),
        (BRIEF, "设-期号写法", "第{期号}{期号}期", "要有一个{期号}"),
        (BRIEF, "设-期号写法", "2026第{期号}期", "写法里不能有数字"),
        (BRIEF, "设-总期号写法", "（总{期号}）", "要有一个{总期号}"),
        (BRIEF, "设-份数", "若干", "请填份数"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_at_its_field(
    city, wu, sign_in, address, field, words, said
):
    answer = sign_in(wu).post(address, {"version": 0, field: words})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert HouseStyle.objects.count() == 0


def test_a_protected_name_may_stand_in_a_formula(city, wu, sign_in):
    add_word(city, by=wu, kind="name", words="515就业工程")
    form = {"version": 0, "语-结束语": "感谢关注515就业工程！"}
    assert sign_in(wu).post(CONFERENCE, form).status_code == 302


def test_the_order_is_typed_beside_the_agencies(city, union, league, wu, sign_in):
    browser = sign_in(wu)
    form = {"version": 0, "range_mark": "～", f"place-{league.pk}": 1, f"place-{union.pk}": 2}
    browser.post(STYLE, form)
    assert house_at(city).order == (league.pk, union.pk)
    talks = sheet(browser.get(STYLE))
    assert talks.index("团市委发布词") < talks.index("市总工会发布词")


def test_two_agencies_cannot_stand_at_one_place(city, union, league, wu, sign_in):
    form = {"version": 0, f"place-{league.pk}": 1, f"place-{union.pk}": 1}
    answer = sign_in(wu).post(STYLE, form)
    assert (answer.status_code, "的顺序相同" in text(answer)) == (422, True)


def test_what_was_saved_meanwhile_is_not_overwritten(city, wu, wang, sign_in):
    set_house(city, House(range_mark="～"), by=wang, version=0)
    answer = sign_in(wu).post(BRIEF, MASTHEAD)
    assert (answer.status_code, "内容已被改动" in text(answer)) == (409, True)


def test_an_issuer_reads_and_is_refused_to_set(city, zheng, sign_in):
    browser = sign_in(zheng)
    assert "保存为新的一版" not in text(browser.get(BRIEF))
    assert browser.post(BRIEF, MASTHEAD).status_code == 409


def test_every_version_tells_old_and_new(city, union, wu, sign_in):
    set_house(city, House(settings={"brief": {"刊名": "甲刊"}}), by=wu, version=0)
    changed = House(order=(union.pk,), settings={"brief": {"刊名": "乙刊"}})
    set_house(city, changed, by=wu, version=1, note="更名")
    browser = sign_in(wu)
    assert "第2版" in text(browser.get(reverse("house-version-list")))
    page = re.sub(r"<[^>]+>", " ", text(browser.get(reverse("house-version", args=[2]))))
    told = " ".join(page.split())
    assert "简报：刊名 甲刊 乙刊" in told
    assert "发布顺序 系统写法 市总工会" in told


@pytest.mark.parametrize("genre", genres())
def test_a_city_without_agencies_sees_its_pages_too(city, union, wu, sign_in, genre):
    Agency.objects.exclude(leads=city).update(active=False)
    assert sign_in(wu).get(reverse("house-genre", args=[genre])).status_code == 200


# the roster


def test_a_host_is_entered_and_stands_in_the_next_script(approved, city, wu, sign_in):
    browser = sign_in(wu)
    form = {"part": "host", "body": "市委宣传部", "name": "关汉卿", "post": "副部长", "order": 1,
            "starts": "2020-01-01", "ends": ""}  # fmt: skip
    answer = browser.post(reverse("roster-add"), form, follow=True)
    assert "名册已保存" in text(answer)
    assert "主持人：市委宣传部副部长关汉卿" in compiled(browser, city, genre="press_conference")


def test_who_left_gets_a_last_day_on_the_page(city, wu, sign_in):
    person = host(city, wu)
    form = {"part": "host", "body": "市委宣传部", "name": "关汉卿", "post": "副部长", "order": 1,
            "starts": "2015-01-01", "ends": "2026-01-31", "version": 1}  # fmt: skip
    browser = sign_in(wu)
    browser.post(reverse("roster-edit", args=[person.pk]), form)
    person.refresh_from_db()
    assert (person.ends, person.version) == (date(2026, 1, 31), 2)
    assert "已离任" in text(browser.get(reverse("roster-list")))


def test_a_wrong_period_is_said_at_its_field(city, wu, sign_in):
    form = {"part": "host", "name": "关汉卿", "post": "副部长", "order": 1, "starts": "2020-01-02",
            "ends": "2020-01-01"}  # fmt: skip
    answer = sign_in(wu).post(reverse("roster-add"), form)
    assert (answer.status_code, "早于起期" in text(answer)) == (422, True)


def test_a_struck_person_is_gone_from_the_list(city, wu, sign_in):
    person = host(city, wu)
    browser = sign_in(wu)
    browser.post(reverse("roster-strike", args=[person.pk]), {"version": 1})
    assert "已删去关汉卿" in text(browser.get(reverse("roster-list")))
    assert "关汉卿" not in text(browser.get(reverse("roster-list")))


def test_speakers_with_accounts_stand_beside(city, zhang, wu, sign_in):
    zhang.appointments.update(speaking_order=3)
    page = text(sign_in(wu).get(reverse("roster-list")))
    assert "有账号的发布人" in page


def host(city, by) -> RosterPerson:
    return enter(city, by=by, part="host", agency=None, body="市委宣传部", name="关汉卿",
                 post="副部长", order=1, starts=SINCE, ends=None)  # fmt: skip


# the dictionaries


def test_an_editor_adds_a_word_and_the_live_proof_uses_it(draft, city, wu, sign_in):
    browser = sign_in(wu)
    form = {"kind": "sensitive", "words": "课程单", "instead": "课程表"}
    answer = browser.post(reverse("word-add"), form, follow=True)
    assert "词典已保存，立即用于校验。" in text(answer)
    assert "敏感用语" in text(browser.get(reverse("release-edit", args=[draft.pk])))
    assert [one for one in stops_issuing(latest(draft)) if "课程单" in one] != []


def test_a_figure_as_a_name_is_refused_at_its_field(city, wu, sign_in):
    answer = sign_in(wu).post(reverse("word-add"), {"kind": "name", "words": "1302万元"})
    assert (answer.status_code, "这是数据，不是名称" in text(answer)) == (422, True)


def test_a_word_is_changed_dropped_and_found_by_filter(city, wu, sign_in):
    word = add_word(city, by=wu, kind="term", words="弱势群体", instead="困难群众")
    add_word(city, by=wu, kind="agency", words="扶贫局", instead="乡村振兴局")
    browser = sign_in(wu)
    form = {"kind": "term", "words": "弱势群体", "instead": "困难群体", "version": 1}
    browser.post(reverse("word-edit", args=[word.pk]), form)
    page = text(browser.get(reverse("word-list") + "?kind=term"))
    assert ("困难群体" in page, "扶贫局" in page) == (True, False)
    browser.post(reverse("word-drop", args=[word.pk]), {"version": 2})
    assert "已删去“弱势群体”" in text(browser.get(reverse("word-list")))
    assert "弱势群体" not in text(browser.get(reverse("word-list")))


CSV = "类别,词,应改为,说明,起,止\n规范用语,弱势群体,困难群众,,2021-01-01,\n保护名称,515工程,,,,\n"


def test_a_csv_is_previewed_and_confirmed_on_the_page(city, wu, sign_in):
    browser = sign_in(wu)
    file = SimpleUploadedFile("词典.csv", CSV.encode("gb18030"))
    preview = browser.post(reverse("word-book"), {"file": file}, follow=True)
    page = text(preview)
    assert ("弱势群体" in page, "515工程" in page, CityWord.objects.count()) == (True, True, 0)
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    address = preview.wsgi_request.path
    answer = browser.post(f"{address}confirm/", {"seen": seen}, follow=True)
    assert answer.context["upload"].outcome == {
        "sheets": [{"name": "词典", "create": 2, "update": 0, "same": 0}]
    }
    assert "已写入词典" in text(answer)
    assert CityWord.objects.count() == 2


def test_all_errors_of_a_sheet_are_shown_and_the_marked_one_can_be_had(city, wu, sign_in):
    rows = "类别,词,应为\n保护名称,1302万元,\n固定表述,四进,进企业\n错词,甲乙,丙丁\n"
    browser = sign_in(wu)
    file = SimpleUploadedFile("词典.csv", rows.encode())
    preview = browser.post(reverse("word-book"), {"file": file}, follow=True)
    assert "有 3 处错误，没有写入任何内容" in text(preview)
    assert "state-green" not in text(preview)
    marked = browser.get(f"{preview.wsgi_request.path}marked/")
    assert marked["Content-Disposition"].startswith("attachment")


def test_what_moved_on_after_the_preview_is_shown_again(city, wu, sign_in):
    browser = sign_in(wu)
    file = SimpleUploadedFile("词典.csv", CSV.encode())
    preview = browser.post(reverse("word-book"), {"file": file}, follow=True)
    seen = re.search(r'name="seen" value="(\w+)"', text(preview))[1]
    add_word(city, by=wu, kind="name", words="515工程")
    answer = browser.post(f"{preview.wsgi_request.path}confirm/", {"seen": seen})
    assert (answer.status_code, "预览之后词典有了改动" in text(answer)) == (409, True)
    assert CityWord.objects.count() == 1


# the order of the counties


def test_the_order_of_the_counties_is_set_and_told_in_the_versions(city, wu, sign_in):
    browser = sign_in(wu)
    first, second = Region.objects.filter(parent=city).order_by("path")[:2]
    form = {"version": 0, f"county-{second.pk}": 1, f"county-{first.pk}": 2}
    browser.post(STYLE, form)
    assert house_at(city).counties == (second.pk, first.pk)
    page = text(browser.get(reverse("house-version", args=[1])))
    assert f"{second.short_name}、{first.short_name}" in page
    assert "区县顺序" in page


def test_two_counties_in_one_place_are_refused_at_the_second(city, wu, sign_in):
    first, second = Region.objects.filter(parent=city).order_by("path")[:2]
    form = {"version": 0, f"county-{second.pk}": 1, f"county-{first.pk}": 1}
    answer = sign_in(wu).post(STYLE, form)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {f"county-{second.pk}": [f"与{first}的顺序相同。"]}


# the roster by workbook

ZHENG = {"part": "host", "body": "市委宣传部", "name": "郑光祖", "post": "副部长", "starts": SINCE}


def roster_sent(browser, *rows):
    file = SimpleUploadedFile("名册.xlsx", write([(ROSTER, rows)]))
    return browser.post(reverse("roster-book"), {"file": file}, follow=True)


def test_a_roster_is_previewed_confirmed_and_given_out_again(city, wu, sign_in):
    browser = sign_in(wu)
    preview = roster_sent(browser, ZHENG)
    assert ("郑光祖" in text(preview), RosterPerson.objects.count()) == (True, 0)
    seen = preview.context["form"]["seen"].value()
    answer = browser.post(f"{preview.wsgi_request.path}confirm/", {"seen": seen}, follow=True)
    assert "已按预览写入名册，以后汇编的文稿按文稿日期取人。" in text(answer)
    assert "郑光祖" in text(browser.get(reverse("roster-list")))
    out = b"".join(browser.get(reverse("roster-book-export")).streaming_content)
    assert [step.what for step in plan_roster(out, city, by=wu).steps] == ["same"]


def test_a_roster_that_moved_on_after_the_preview_is_shown_again(city, wu, sign_in):
    browser = sign_in(wu)
    preview = roster_sent(browser, ZHENG)
    seen = preview.context["form"]["seen"].value()
    enter(city, by=wu, **ZHENG | {"agency": None, "order": 1, "ends": None})
    answer = browser.post(f"{preview.wsgi_request.path}confirm/", {"seen": seen})
    assert (answer.status_code, "预览之后名册有了改动" in text(answer)) == (409, True)
    assert RosterPerson.objects.count() == 1


def test_a_refused_roster_says_that_nothing_was_written_and_marks_its_cells(city, wu, sign_in):
    browser = sign_in(wu)
    preview = roster_sent(browser, ZHENG, ZHENG | {"part": "speaker"})
    page = text(preview)
    assert ("没有写入，改好后将新增 1" in page, "state-green" in page) == (True, False)
    marked = browser.get(f"{preview.wsgi_request.path}marked/")
    assert marked["Content-Disposition"].startswith("attachment")
    assert RosterPerson.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["house-style", "roster-list", "roster-book", "word-list", "word-book"]
)
@pytest.mark.parametrize("who", ["li", "qian"])
def test_there_is_no_such_page_for_others(city_with_people, sign_in, name, who):
    browser = sign_in(city_with_people.people[who])
    assert browser.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["word-list", "roster-list", "house-version-list"])
def test_a_list_of_three_asks_no_more_than_one_of_one(city, wu, sign_in, name):
    browser = sign_in(wu)

    def queries(number):
        add_word(city, by=wu, kind="term", words=f"旧词第{number}号", instead="新词")
        enter(city, by=wu, part="named", agency=None, body="市政府", name=f"甲{number}", post="主任",
              order=1, starts=SINCE, ends=None)  # fmt: skip
        set_house(city, House(settings={"brief": {"刊名": f"刊{number}"}}), by=wu, version=number)
        browser.get(reverse(name))
        with CaptureQueriesContext(connection) as taken:
            browser.get(reverse(name))
        return len(taken)

    one = queries(0)
    queries(1)
    assert queries(2) == one


def test_a_county_of_its_own_is_not_touched(approved, city, wu):
    assert house_at(city) == House()
    assert compile_release("简报", city, approved.round.span, by=wu).settings == {}
