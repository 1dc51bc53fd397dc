"""The catalogue as a workbook: sent, previewed, confirmed, and given out."""

from tracker.catalogue.rules import may_keep_catalogue
from tracker.catalogue.workbook import SHEETS, Plan, carry_out, export_catalogue, plan_import
from tracker.ledger.history import SHEETS as HISTORY_SHEETS
from tracker.web import books
from tracker.web.file_forms import WorkbookForm
from tracker.workbooks.models import Upload

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
    export=lambda request: export_catalogue(),
    form=WorkbookForm,
    further=new_people,
    template="catalogue/workbook.html",
    beside=lambda request: {"may_keep": may_keep_catalogue(request.user)},
    blanks=[*SHEETS, *HISTORY_SHEETS],
    may_take=lambda request: may_keep_catalogue(request.user),
)
