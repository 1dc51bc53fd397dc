"""The catalogue as a workbook: sent, previewed, confirmed, and given out."""

from io import BytesIO

from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.catalogue.rules import may_keep_catalogue
from tracker.catalogue.workbook import SHEETS, Plan, carry_out, export_catalogue, plan_import
from tracker.ledger.history import SHEETS as HISTORY_SHEETS
from tracker.web import books, files
from tracker.web.file_forms import WorkbookForm
from tracker.web.people.access import only
from tracker.workbooks.models import Upload
from tracker.workbooks.writing import template

PEOPLE = "人员"


def planned(request, upload: Upload) -> Plan:
    return plan_import(bytes(upload.content), by=request.user, filename=upload.name)


def new_people(done: Plan) -> dict:
    """Who has to be given a password now."""
    return {"people": [step.label for step in done.creates if step.sheet == PEOPLE]}


BOOK = books.Book(
    page="workbook",
    title="表格导入",
    home="catalogue",
    thing="目录",
    purpose=Upload.Purpose.CATALOGUE,
    sheets=SHEETS,
    plan=planned,
    carry_out=carry_out,
    form=WorkbookForm,
    further=new_people,
    template="catalogue/workbook.html",
    beside=lambda request: {"may_keep": may_keep_catalogue(request.user)},
)


@require_safe
@only("reviewer")
def workbook_export(request):
    """The catalogue as it stands."""
    name = f"目录{timezone.localdate():%Y%m%d}.xlsx"
    return files.download(may_keep_catalogue(request.user), BytesIO(export_catalogue()), name)


@require_safe
@only("reviewer")
def workbook_template(request):
    """All eight sheets with their headings only."""
    content = template([*SHEETS, *HISTORY_SHEETS])
    return files.download(may_keep_catalogue(request.user), BytesIO(content), "目录模板.xlsx")
