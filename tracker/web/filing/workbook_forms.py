"""The form around the workbook of a submission."""

from django import forms

from tracker.web.file_forms import file_field
from tracker.workbooks.gates import ENDINGS


class WorkbookForm(forms.Form):
    file = file_field("填好的表格", "先看会改哪些数，确认后才写入", ENDINGS)
