"""Forms around the workbook of a submission."""

from django import forms

from tracker.workbooks.gates import ENDINGS, MAX_BYTES


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="填好的表格",
        help_text=f".xlsx、.xls 或 .et，不超过{MAX_BYTES // 2**20}兆；先看会改哪些数，确认后才写入",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"empty": "文件是空的，请检查后重新上传。", "required": "请选择文件。"},
    )


class SeenForm(forms.Form):
    """What a person had before their eyes when they confirmed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
