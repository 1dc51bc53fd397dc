"""The form around a sheet of words."""

from django import forms

from tracker.workbooks.gates import ENDINGS

TAKEN = (*ENDINGS, ".csv")


class BookForm(forms.Form):
    file = forms.FileField(
        label="词典文件",
        help_text="、".join(TAKEN) + "；先预览，确认后才写入",
        widget=forms.FileInput(attrs={"accept": ",".join(TAKEN)}),
        error_messages={"empty": "文件是空的，请检查后重新上传。", "required": "请选择文件。"},
    )
