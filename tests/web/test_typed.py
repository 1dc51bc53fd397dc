"""What stands against an act is said on the form, at the field that it is about."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from accounts.rules import Refused
from tracker.web import typed


class Form(forms.Form):
    name = forms.CharField()
    text = forms.CharField()


@pytest.fixture
def form():
    made = Form({"name": "甲", "text": "乙"})
    assert made.is_valid()
    return made


def test_a_problem_with_its_field_is_said_there_and_the_others_above(form):
    with typed.said_on(form):
        raise ValidationError({"name": "重复。"})
    with typed.said_on(form):
        raise ValidationError("日期重叠。")
    assert form.errors == {"name": ["重复。"], "__all__": ["日期重叠。"]}


def test_a_refusal_is_said_where_it_is_wanted_at_the_named_field(form):
    with typed.said_on(form, Refused, field="text"):
        raise Refused("没有权限。")
    assert form.errors == {"text": ["没有权限。"]}


def test_what_was_done_is_given_back_and_nothing_said(form):
    def act():
        with typed.said_on(form):
            return "done"

    assert (act(), form.errors) == ("done", {})


def test_another_problem_than_those_named_goes_on(form):
    with pytest.raises(Refused), typed.said_on(form):
        raise Refused("没有权限。")
    with pytest.raises(ValidationError), typed.said_on(form, Refused):
        raise ValidationError("日期重叠。")
