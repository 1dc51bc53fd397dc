"""套稿 as the editor does it: last year's Word file in, this year's figures in their places."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.releases.conftest import (  # noqa: F401 - fixtures
    _files_of_their_own,
    approved,
    ground,
    money,
    trained,
    training,
    year,
)
from tests.releases.example.papers import word
from tracker.documents.rewriting import text_of_docx
from tracker.documents.tree import figures
from tracker.releases.models import Example, Release
from tracker.releases.proof import prove_version
from tracker.releases.recording import document_of

TITLE = "济南市2020年民生服务工作情况"
LINE = "2020年，全市累计培训农民工3221名，挽回经济损失1302万元，服务热线12345全年畅通。"


@pytest.fixture
def next_year(approved):  # noqa: F811
    """What was approved for 2021."""
    approved.ground.say(approved.trained, "2021", 4105, entered_unit="名")
    approved.ground.say(approved.money, "2021", 14182100, entered="1418.21", entered_unit="万元")
    return approved


def sent(city, data: bytes, name="年报.docx", **fields):
    file = SimpleUploadedFile(name, data)
    form = {"name": "民生服务年报", "genre": "brief", "region": city.pk, "period": "2020"}
    return form | {"file": file} | fields


@pytest.fixture
def example(next_year, sign_in, wu):
    answer = sign_in(wu).post(reverse("example-add"), sent(next_year.region, word(TITLE, LINE)))
    assert answer.status_code == 302, answer.context["form"].errors
    return Example.objects.get()


def test_the_page_says_what_was_recognised_and_what_stays(example, sign_in, wu):
    page = sign_in(wu).get(reverse("example", args=[example.pk])).content.decode()
    assert [one["raw"] for one in example.slots] == ["3221名", "1302万元"]
    assert "认出 2 个数" in page
    assert 'title="培训农民工">3221名</mark>' in page


def test_the_new_year_comes_out_in_the_files_own_formatting(example, sign_in, wu):
    browser = sign_in(wu)
    page = browser.get(reverse("example", args=[example.pk]), {"period": "2021"})
    assert page.context["made"].missing == ()
    answer = browser.get(reverse("example-word", args=[example.pk]), {"period": "2021"})
    data = b"".join(answer.streaming_content)
    assert text_of_docx(data).split("\n") == [
        "济南市2021年民生服务工作情况",
        "2021年，全市累计培训农民工4105名，挽回经济损失1418.21万元，服务热线12345全年畅通。",
    ]
    assert docx.Document(BytesIO(data)).paragraphs[0].style.name == "Normal"


def test_a_draft_of_it_goes_the_way_of_every_document(example, sign_in, wu):
    browser = sign_in(wu)
    answer = browser.post(reverse("example-draft", args=[example.pk]), {"period": "2021"})
    release = Release.objects.get()
    assert answer.url == release.get_absolute_url()
    version = release.versions.get()
    assert [one.surface for one in figures(document_of(version))] == ["4105名", "1418.21万元"]
    assert [one.verdict.value for one in prove_version(version).figures if one.blocks] == []
    page = browser.get(answer.url).content.decode()
    assert "4105名" in page
    assert version.citations.count() == 2


def test_a_period_without_approved_figures_leaves_open_slots(example, sign_in, wu):
    page = sign_in(wu).get(reverse("example", args=[example.pk]), {"period": "2022"})
    assert page.context["made"].missing == ("培训农民工", "挽回经济损失")
    assert "2 个数本期还没有核定" in page.content.decode()


def test_a_file_of_which_nothing_is_known_is_refused_and_nothing_is_kept(next_year, sign_in, wu):
    data = word("本市绿化面积达到88.8万亩。")
    answer = sign_in(wu).post(reverse("example-add"), sent(next_year.region, data))
    assert answer.status_code == 422
    assert "没有一个数字能在2020年的台账中找到" in answer.content.decode().replace(
        "2020的", "2020年的"
    )
    assert 'value="民生服务年报"' in answer.content.decode()
    assert Example.objects.count() == 0


def test_what_is_no_word_file_is_refused_at_its_field(next_year, sign_in, wu):
    browser = sign_in(wu)
    for data, name in ((b"no zip", "年报.docx"), (b"text", "年报.txt"), (b"", "年报.docx")):
        answer = browser.post(reverse("example-add"), sent(next_year.region, data, name))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_the_same_file_is_not_taken_twice_into_a_series(example, sign_in, wu):
    with example.file.open() as file:
        again = file.read()
    answer = sign_in(wu).post(reverse("example-add"), sent(example.region, again))
    assert answer.status_code == 422
    assert "已经在该系列里" in answer.content.decode()


def test_a_period_that_is_none_is_refused_in_words(example, sign_in, wu):
    answer = sign_in(wu).get(reverse("example", args=[example.pk]), {"period": "明年"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["period"]


def test_a_retired_example_leaves_the_list_and_its_drafts_stay(example, sign_in, wu):
    browser = sign_in(wu)
    browser.post(reverse("example-draft", args=[example.pk]), {"period": "2021"})
    browser.post(reverse("example-retire", args=[example.pk]))
    assert browser.get(reverse("example-list")).context["series"] == []
    assert Release.objects.count() == 1


def test_agencies_do_not_see_examples(example, sign_in, li):
    browser = sign_in(li)
    for name, args in (
        ("example-list", []),
        ("example", [example.pk]),
        ("example-word", [example.pk]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 404
