"""The dictionaries as a sheet: sent, previewed, confirmed, and given out."""

from io import BytesIO

from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import ALLOWED
from tracker.catalogue.dictionary_book import (
    WORDS,
    WordPlan,
    as_workbook,
    carry_out_words,
    export_words,
    plan_words,
)
from tracker.web import books, files
from tracker.web.people.access import only
from tracker.workbooks.models import Upload
from tracker.workbooks.writing import template

from .chain import region_of

LEAD = ("reviewer", "editor", "issuer")


def planned(request, upload: Upload) -> WordPlan:
    content, region = bytes(upload.content), region_of(request.user)
    return plan_words(content, region, by=request.user, filename=upload.name)


BOOK = books.Book(
    page="word-book",
    title="导入词典",
    home="word-list",
    thing="词典",
    purpose=Upload.Purpose.WORDS,
    sheets=[WORDS],
    plan=planned,
    carry_out=carry_out_words,
    convert=as_workbook,
    done="已按预览写入词典，立即用于校验。",
    template="releases/word_book.html",
)


@require_safe
@only(*LEAD)
def word_book_export(request):
    name = f"词典{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(ALLOWED, BytesIO(export_words(region_of(request.user))), name)


@require_safe
@only(*LEAD)
def word_book_template(request):
    return files.download(ALLOWED, BytesIO(template([WORDS])), "词典模板.xlsx")
