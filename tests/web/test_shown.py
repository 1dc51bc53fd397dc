"""R4: whoever saves a form that was opened before a colleague saved is told so, and loses nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tracker.catalogue.models import Cycle, Indicator, Programme
from tracker.web.shown import Shown

FIELD = re.compile(r'name="shown" value="([0-9a-f]{16})"')


@pytest.fixture
def browsers(wang):
    """Two windows of somebody who keeps the catalogue."""

    def two(user=wang):
        made = Client(), Client()
        for one in made:
            one.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return made

    return two


def typed(page, form: str = "form") -> dict:
    """What a browser sends of a form that was just opened."""
    shown = page.context[form]
    given = {name: shown[name].value() for name in shown.fields}
    plain = {n: value for n, value in given.items() if value is not None and value is not False}
    return {
        name: [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
        for name, value in plain.items()
    }


@pytest.fixture
def programme(db):
    return factories.programme()


@pytest.fixture
def counted(li, programme):
    return factories.indicator(li, "农民工", unit_name="名", programme_=programme, verb="培训")


@pytest.fixture
def cycle(union):
    return factories.cycle(union)


EDITED = [
    ("programme-edit", "programme", Programme, "name"),
    ("indicator-edit", "counted", Indicator, "name"),
    ("indicator-edit", "counted", Indicator, "aliases"),
    ("cycle-edit", "cycle", Cycle, "name"),
]


@pytest.mark.parametrize(("route", "thing", "model", "field"), EDITED)
def test_the_second_to_save_is_told_and_may_send_it_again(
    browsers, route, thing, model, field, request
):
    row = request.getfixturevalue(thing)
    address = reverse(route, args=[row.pk])
    mine, hers = browsers()
    opened = typed(mine.get(address))
    assert hers.post(address, typed(hers.get(address)) | {field: "她的"}).status_code == 302

    answer = mine.post(address, opened | {field: "我的"})
    page = answer.content.decode()
    assert (answer.status_code, "我的" in page) == (409, True)
    assert "她的" in str(getattr(model.objects.get(pk=row.pk), field))

    [anew] = re.findall(r'<textarea name="shown" hidden>([0-9a-f]{16})<', page)
    assert mine.post(address, opened | {field: "我的", "shown": anew}).status_code == 302
    assert "我的" in str(getattr(model.objects.get(pk=row.pk), field))


def test_an_account_that_was_renamed_meanwhile_is_not_overwritten(browsers, qian, li):
    mine, hers = browsers(qian)
    page, address = reverse("user-page", args=[li.pk]), reverse("user-edit", args=[li.pk])
    opened = typed(mine.get(page), "edit_form")
    hers.post(address, opened | {"phone": "0531-1"})
    assert mine.post(address, opened | {"phone": "0531-2"}).status_code == 409
    li.refresh_from_db()
    assert li.phone == "0531-1"


def test_the_page_carries_what_it_showed(browsers, counted):
    [one, _] = browsers()
    page = one.get(reverse("indicator-edit", args=[counted.pk])).content.decode()
    assert len(FIELD.findall(page)) == 1
    assert FIELD.findall(one.get(reverse("indicator-add")).content.decode()) == []


def test_a_form_that_does_not_look_again_is_seen(browsers, programme, monkeypatch):
    """Planted: what was shown is always the same."""
    monkeypatch.setattr(Shown, "digest", lambda self: "0" * 16)
    address = reverse("programme-edit", args=[programme.pk])
    mine, hers = browsers()
    opened = typed(mine.get(address))
    hers.post(address, opened | {"name": "她的"})
    assert mine.post(address, opened | {"name": "我的"}).status_code == 302
