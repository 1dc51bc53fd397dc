"""Inputs that a browser knows by their type."""

from django import forms


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")
