"""What went wrong is said in Chinese, with the headers of every other answer."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
)


def test_an_unknown_address_is_not_found(sign_in, li):
    page = sign_in(li).get("/nowhere/")
    assert (page.status_code, "没有找到" in page.text, "王" in page.text) == (404, True, False)


def test_a_form_without_its_token_is_told_to_reload(li):
    client = Client(enforce_csrf_checks=True)
    client.force_login(li, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/notices/read/")
    assert (page.status_code, "页面已过期" in page.text) == (403, True)


def test_the_address_of_a_form_opened_as_a_page_says_so(sign_in, li):
    page = sign_in(li).get("/notices/read/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "这个地址只接收表单" in page.text
    assert [name for name in HEADERS if name not in page] == []


def test_too_many_says_when_to_come_again(sign_in, li, desk):
    page = sign_in(li).get("/desk/busy/")
    assert (page.status_code, page["Retry-After"]) == (429, "300")
    assert "请过 5 分钟再试" in page.text


def test_closed_for_maintenance(sign_in, li, desk):
    page = sign_in(li).get("/desk/closed/")
    assert (page.status_code, page["Retry-After"]) == (503, "120")


def test_a_crash_is_said_without_its_details(sign_in, li, desk):
    client = sign_in(li)
    client.raise_request_exception = False
    page = client.get("/desk/crash/")
    assert (page.status_code, "系统出错了" in page.text, "ZeroDivision" in page.text) == (
        500,
        True,
        False,
    )


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_that_come_without_a_request_stand_by_themselves(name):
    page = render_to_string(name)
    assert ("严禁录入涉密信息" in page, "回到首页" in page) == (True, True)


@pytest.mark.parametrize("path", ["/nowhere/", "/desk/busy/", "/desk/closed/", "/desk/crash/"])
def test_errors_carry_the_headers_and_are_not_kept(sign_in, li, desk, path):
    client = sign_in(li)
    client.raise_request_exception = False
    page = client.get(path)
    assert [name for name in HEADERS if not page.has_header(name)] == []
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]
