"""A form that edits a record knows what it showed: what somebody saved meanwhile is not overwritten."""

import hashlib

from django import forms
from django.db import models

from tracker.workflow import Stale


class Overtaken(Stale):
    """The record shows something else than the form did; `fields` are those that say so anew."""

    def __init__(self, record: models.Model, shown: str):
        Exception.__init__(self, f"{record} shows something else by now")
        self.record, self.fields = record, {"shown": shown}


class Shown:
    """Of a model form: a digest of what it showed goes along and comes back with what was typed.

    Raises Overtaken where the record shows something else by then. A record that counts its versions
    needs none of this.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            hidden = forms.HiddenInput()
            self.fields["shown"] = forms.CharField(
                required=False, widget=hidden, initial=self.digest
            )

    def digest(self) -> str:
        """Of what every field shows before anything is typed."""
        words = [
            (name, plainly(self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name != "shown"
        ]
        return hashlib.sha256(repr(words).encode()).hexdigest()[:16]

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.pop("shown", "")
        if seen and seen != self.digest():
            raise Overtaken(self.instance, self.digest())
        return cleaned


def plainly(value) -> str:
    """A value of a field; rows by their ids, in any order."""
    if isinstance(value, list):
        return repr(sorted(str(getattr(one, "pk", one)) for one in value))
    return "" if value is None else str(value)
