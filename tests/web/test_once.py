"""One form, one act."""

import threading

import pytest
from django.db import connection

from accounts.models import Line
from tests.cast import found_city
from tracker.receipts.models import Receipt
from tracker.web import once

pytestmark = pytest.mark.django_db


def count() -> int:
    return Line.objects.filter(name__startswith="民族").count()


def test_the_second_copy_of_a_form_gets_the_answer_of_the_first(sign_in, wang, desk):
    client = sign_in(wang)
    answers = [client.post("/desk/found/", {"name": "民族", "once": "k"}) for _ in range(3)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/desk/agencies/")
    ] * 3
    assert count() == 1


def test_another_form_is_another_act(sign_in, wang, desk):
    for key in "ab":
        sign_in(wang).post("/desk/found/", {"name": "民族", "once": key})
    assert count() == 2


def test_the_same_key_of_another_person_is_another_form(sign_in, wang, li, desk):
    for person in (wang, li):
        sign_in(person).post("/desk/found/", {"name": "民族", "once": "k"})
    assert count() == 2


def test_a_form_with_errors_may_come_again(sign_in, wang, desk):
    client = sign_in(wang)
    assert client.post("/desk/found/", {"name": "", "once": "k"}).status_code == 200
    assert client.post("/desk/found/", {"name": "民族", "once": "k"}).status_code == 302
    assert count() == 1


def test_a_refused_form_may_come_again(sign_in, wang, desk):
    sign_in(wang).post("/desk/forbid/7/", {"note": "x", "once": "k"})
    assert Receipt.objects.count() == 0


def test_a_crashed_form_may_come_again(sign_in, wang, desk):
    client = sign_in(wang)
    client.raise_request_exception = False
    assert client.post("/desk/crash/", {"once": "k"}).status_code == 500
    assert Receipt.objects.count() == 0


def test_htmx_is_led_where_the_first_copy_led(sign_in, wang, desk):
    client = sign_in(wang)
    client.post("/desk/found/", {"name": "民族", "once": "k"})
    again = client.post(
        "/desk/found/", {"name": "民族", "once": "k"}, headers={"hx-request": "true"}
    )
    assert (again.status_code, again["HX-Redirect"]) == (200, "/desk/agencies/")


def test_a_form_still_at_work_is_not_taken_twice(sign_in, wang, desk, monkeypatch):
    monkeypatch.setattr(once, "PATIENCE", 0)
    Receipt.objects.create(user=wang, key="k")
    answer = sign_in(wang).post("/desk/found/", {"name": "民族", "once": "k"})
    assert answer.status_code == 409
    assert "这张表单刚才已经提交过" in answer.text
    assert count() == 0


def test_a_second_copy_takes_the_form_that_the_first_gave_back(sign_in, wang, desk, monkeypatch):
    first = Receipt.objects.create(user=wang, key="k")
    monkeypatch.setattr(once.time, "sleep", lambda pause: first.delete())
    answer = sign_in(wang).post("/desk/found/", {"name": "民族", "once": "k"})
    assert (answer.status_code, count()) == (302, 1)


def test_a_key_that_no_page_of_ours_gives_is_a_bad_request(sign_in, wang, desk):
    answer = sign_in(wang).post("/desk/found/", {"name": "民族", "once": "k" * 65})
    assert (answer.status_code, count()) == (400, 0)


def test_a_form_without_a_key_is_taken_as_it_comes(sign_in, wang, desk):
    for _ in range(2):
        sign_in(wang).post("/desk/found/", {"name": "民族"})
    assert (count(), Receipt.objects.count()) == (2, 0)


# The threads need connections of their own, which a database in memory cannot give.
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_exactly_one_acts(desk, client):
    wang = found_city().people["wang"]
    client.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    answers = []

    def click():
        browser = type(client)()
        browser.cookies = client.cookies
        answers.append(browser.post("/desk/found/", {"name": "民族", "once": "k"}).status_code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert (answers, count()) == ([302] * 6, 1)
