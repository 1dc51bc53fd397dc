"""The dictionaries as a sheet: sent, previewed, confirmed, and given out."""

from tracker.catalogue.dictionary_book import (
    WORDS,
    WordPlan,
    as_workbook,
    carry_out_words,
    export_words,
    plan_words,
)
from tracker.web import books
from tracker.workbooks.models import Upload

from .chain import region_of


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
    export=lambda request: export_words(region_of(request.user)),
    convert=as_workbook,
    done="已按预览写入词典，立即用于校验。",
    template="releases/word_book.html",
)
