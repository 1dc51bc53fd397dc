"""The document of the interface under our policy, and the page of tokens."""

from tests.browser.conftest import PHONE


def test_the_document_opens_without_a_complaint(visit, shot, li):
    page = visit(li, "/api/v1/docs/")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock-get").count() >= 18
    page.locator(".opblock-summary-control").first.click()
    page.get_by_role("button", name="试一试").first.click()
    page.get_by_role("button", name="发送请求").first.click()
    page.locator(".responses-table.live-responses-table").first.wait_for()
    shot(page, "api-docs")
    page.get_by_role("button", name="授权").first.click()
    page.get_by_role("heading", name="授权方式").wait_for()
    said = page.locator("#swagger-ui").inner_text()
    assert [word for word in ("Execute", "Responses", "Parameters", "Cancel") if word in said] == []


def test_a_token_is_made_and_shown(visit, accessible, shot, li):
    page = visit(li, "/profile/tokens/", size=PHONE)
    page.get_by_label("用途").fill("区县大屏取数")
    page.get_by_role("button", name="创建", exact=True).click()
    page.locator(".token").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "tokens-phone")
    accessible(page)
