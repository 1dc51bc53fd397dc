"""The roster as a workbook: sent, previewed, confirmed, and given out."""

from tracker.releases.house.roster_book import (
    ROSTER,
    RosterPlan,
    carry_out_roster,
    export_roster,
    plan_roster,
)
from tracker.web import books
from tracker.web.file_forms import WorkbookForm
from tracker.workbooks.models import Upload

from .chain import region_of


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
    export=lambda request: export_roster(region_of(request.user)),
    form=WorkbookForm,
    done="已按预览写入名册，以后汇编的文稿按文稿日期取人。",
    template="releases/roster_book.html",
)
