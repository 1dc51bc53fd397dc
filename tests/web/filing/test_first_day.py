"""What somebody who sees the pages for the first time stumbled over."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.services import appoint, open_account, propose_role
from tracker.submissions.evidence import attach
from tracker.submissions.models import Narrative, NarrativeFigure
from tracker.submissions.services import Change, save_figures, sign, submit

PDF = b"%PDF-1.4\n"


@pytest.fixture
def filed(submission, trained, money, city, li, zhang):
    """Saved in five steps before it was handed in for the first time."""
    for text in ("11", "12", "13", "14"):
        seen = submission.figures.filter(indicator=trained).values_list("version", flat=True)
        seen = next(iter(seen), 0)
        save_figures(submission, [Change(trained.pk, city.pk, text, seen=seen)], by=li)
    save_figures(submission, [Change(money.pk, city.pk, "3")], by=li)
    attach(submission, SimpleUploadedFile("签到表.pdf", PDF), by=li)
    submission.refresh_from_db()
    row = submit(submission, by=li, version=submission.version)
    return sign(row, by=zhang, version=row.version)


def test_the_first_report_is_called_the_first(filed, wang, li, sign_in):
    assert filed.version > 5
    page = sign_in(wang).get(reverse("review-page", args=[filed.pk])).content.decode()
    assert "第1次报送" in page
    assert f"第{filed.version}版" not in page
    printed = sign_in(li).get(reverse("submission-print", args=[filed.pk])).content.decode()
    assert "第1次报送" in printed


def test_files_of_the_whole_submission_are_counted(filed, wang, sign_in):
    answer = sign_in(wang).get(reverse("review-page", args=[filed.pk]) + "?tab=backed")
    counts = {one["key"]: one["count"] for one in answer.context["tabs"]}
    assert counts["backed"] == 1
    assert "整份报送的佐证1个" in answer.content.decode()


def test_an_opening_balance_that_is_left_out_is_named(submission, money, city, li, sign_in):
    save_figures(submission, [Change(money.pk, city.pk, "3")], by=li)
    browser = sign_in(li)
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert "1项没有填期初累计，本年累计和完成率只从本期算起：送温暖筹集资金。" in page
    change = Change(money.pk, city.pk, "3", seen=1, opening="0")
    save_figures(submission, [change], by=li)
    page = browser.get(submission.get_absolute_url()).content.decode()
    assert "没有填期初累计" not in page


def test_figures_are_found_while_a_text_is_typed(submission, trained, li, sign_in):
    address = reverse("narrative-found", args=[submission.pk, trained.programme_id])
    words = "举办515工程培训，资助1302万元、培训320人次。"
    trained.programme.protected_name = "515工程"
    trained.programme.save()
    page = sign_in(li).post(address, {"text": words}).content.decode()
    assert '<u class="found-figure">1302万元</u>' in page
    assert '<u class="found-figure">320人次</u>' in page
    assert page.count("found-figure") == 2
    assert Narrative.objects.count() == 0


def test_a_text_is_saved_and_its_numbers_confirmed_in_one_go(submission, trained, li, sign_in):
    address = reverse("narrative-add", args=[submission.pk, trained.programme_id])
    words = {"kind": "practice", "text": "走访320户，帮助40人。", "act": "confirm"}
    answer = sign_in(li).post(address, words, follow=True)
    assert "已确认2个随文数据" in answer.content.decode()
    found = NarrativeFigure.objects.values_list("raw", "confirmed_by__username")
    assert list(found) == [("320户", "li"), ("40人", "li")]


def test_a_saved_text_says_how_many_numbers_wait(submission, trained, li, sign_in):
    address = reverse("narrative-add", args=[submission.pk, trained.programme_id])
    words = {"kind": "practice", "text": "走访320户。"}
    answer = sign_in(li).post(address, words, follow=True)
    assert "文中有1个数字，请逐个确认" in answer.content.decode()
    assert NarrativeFigure.objects.count() == 0


def test_a_wrong_password_form_does_not_claim_to_have_kept_it(li, sign_in):
    form = {"old_password": "x", "new_password1": "a-long-new-word", "new_password2": "another"}
    page = sign_in(li).post(reverse("change-password"), form).content.decode()
    assert "密码没有保留，请重新输入" in page
    assert "已填写的内容都还在" not in page


def test_roles_to_confirm_are_picked_by_hand_and_the_filter_says_what_it_shows(
    city_with_people, union, zhou, qian, sign_in
):
    user, _ = open_account(name="新", username="xin", by=qian)
    propose_role(appoint(user, union, "干事", by=qian), "reporter", by=qian)
    browser = sign_in(zhou)
    page = browser.get(reverse("grant-list")).content.decode()
    assert '<option value="pending" selected>' in page
    assert " checked" not in page
    assert "全选" in page
    everything = browser.get(reverse("grant-list") + "?state=").content.decode()
    assert "李" in everything


def test_init_before_migrate_says_so_in_chinese(tmp_path):
    path = tmp_path / "empty.sqlite3"
    known = os.environ | {"SHIJI_DATABASE": f"sqlite:///{path}"}
    told = subprocess.run(
        [sys.executable, "manage.py", "init", "--region", "370100", "--lead", "市扶贫办"],
        cwd=settings.BASE_DIR, env=known, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert "还没有建表。请先运行 manage.py migrate" in told.stderr
    assert str(path) in told.stderr, "which database is meant, as two windows may differ"
    assert "Traceback" not in told.stderr
