"""The roster as a workbook: sent, previewed, confirmed, and given out."""

from io import BytesIO

from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import ALLOWED
from tracker.releases.house.roster_book import (
    ROSTER,
    RosterPlan,
    carry_out_roster,
    export_roster,
    plan_roster,
)
from tracker.web import books, files
from tracker.web.file_forms import WorkbookForm
from tracker.web.people.access import only
from tracker.workbooks.models import Upload
from tracker.workbooks.writing import template

from .chain import region_of

LEAD = ("reviewer", "editor", "issuer")


def planned(request, upload: Upload) -> RosterPlan:
    content, region = bytes(upload.content), region_of(request.user)
    return plan_roster(content, region, by=request.user, filename=upload.name)


BOOK = books.Book(
    page="roster-book",
    title="导入名册",
    home="roster-list",
    thing="名册",
    purpose=Upload.Purpose.ROSTER,
    sheets=[ROSTER],
    plan=planned,
    carry_out=carry_out_roster,
    form=WorkbookForm,
    done="已按预览写入名册，以后汇编的文稿按文稿日期取人。",
    template="releases/roster_book.html",
)


@require_safe
@only(*LEAD)
def roster_book_export(request):
    name = f"名册{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(ALLOWED, BytesIO(export_roster(region_of(request.user))), name)


@require_safe
@only(*LEAD)
def roster_book_template(request):
    return files.download(ALLOWED, BytesIO(template([ROSTER])), "名册模板.xlsx")
