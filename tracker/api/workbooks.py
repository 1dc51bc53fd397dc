"""The workbook of a submission for programs: taken away, sent, previewed or taken, given back marked."""

from io import BytesIO

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.rules import require
from tracker.submissions.models import Submission
from tracker.submissions.rules import may_edit
from tracker.submissions.workbook import (
    Changed,
    Plan,
    WrongFigures,
    digest_of,
    open_book,
    plan_workbook,
    take_workbook,
    template_of,
)
from tracker.workbooks import uploads
from tracker.workbooks.marking import mark
from tracker.workbooks.models import Upload

from .acting import CONFLICT, KEY, REFUSED, WRONG, WRONGLY_SAID, act, said
from .once import once

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = {
    (200, XLSX): OpenApiTypes.BINARY,
    409: OpenApiResponse(CONFLICT, description=REFUSED),
    422: OpenApiResponse(WRONG, description=WRONGLY_SAID),
}
UPLOAD = OpenApiParameter("upload", int, OpenApiParameter.PATH)


class WorkbookBody(serializers.Serializer):
    file = serializers.FileField(help_text=".xlsx、.xls 或 .et")
    take = serializers.BooleanField(
        required=False, default=False, help_text="没有错误时直接写入；不写只预览"
    )


class SeenBody(serializers.Serializer):
    seen = serializers.CharField(max_length=64, help_text="预览时得到的 digest")


class NoteSerializer(serializers.Serializer):
    sheet = serializers.CharField()
    cell = serializers.CharField()
    message = serializers.CharField()


PLAN = inline_serializer(
    "WorkbookPlan",
    {
        "upload": serializers.IntegerField(),
        "taken": serializers.BooleanField(),
        "digest": serializers.CharField(),
        "steps": inline_serializer(
            "WorkbookStep",
            {
                "cell": serializers.CharField(),
                "label": serializers.CharField(),
                "unit": serializers.CharField(),
                "what": serializers.ChoiceField(["new", "changed", "cleared"]),
                "changes": serializers.ListField(child=serializers.ListField(
                    child=serializers.CharField(), help_text="列、原来、改为")),
            },
            many=True,
        ),
        "same": serializers.IntegerField(help_text="没有改动的行数"),
        "errors": NoteSerializer(many=True),
        "findings": NoteSerializer(many=True),
        "hints": NoteSerializer(many=True),
        "marked": serializers.URLField(help_text="标好错误的原表"),
    },
)  # fmt: skip
# What is in the way is told as the plan; what is no workbook, or is not theirs, in words.
IN_THE_WAY = {
    status: OpenApiResponse(
        PolymorphicProxySerializer(name, [other, PLAN], resource_type_field_name=None),
        description=words,
    )
    for status, name, other, words in (
        (409, "WorkbookConflict", CONFLICT, REFUSED),
        (422, "WorkbookWrong", WRONG, WRONGLY_SAID),
    )
}


class Workbooks:
    """Whole submissions in one file."""

    @extend_schema(methods=["get"], operation_id="submissions_workbook_template", responses=FILE)
    @extend_schema(
        methods=["post"],
        operation_id="submissions_workbook_send",
        request=WorkbookBody,
        responses={200: PLAN, **IN_THE_WAY},
        parameters=[KEY],
    )
    @action(
        detail=True, methods=["get", "post"], filterset_class=None, parser_classes=[MultiPartParser]
    )
    def workbook(self, request, pk=None):
        """下载模板；上传填好的表格：先预览，或没有错误时直接写入。有错误返回422，一个数也不写入。"""
        record = self.get_object()
        if request.method in SAFE_METHODS:
            return sheet(template_of(record, by=request.user), f"{record.agency}_{record.round}")
        require(may_edit(request.user, record))
        body = said(request, WorkbookBody)
        # Opened before anything is locked: a file may take the limited process some seconds.
        data, name = body["file"].read(), body["file"].name
        book = open_book(data, name)

        def answer() -> Response:
            purpose = Upload.Purpose.SUBMISSION
            upload = uploads.keep(data, name, purpose, by=request.user, about=record.pk)
            if not body["take"]:
                plan = plan_workbook(record, book, by=request.user)
                return answered(request, upload, plan)
            return taken(request, record, upload, book)

        return once(request, answer)

    @act(
        SeenBody, "workbook_take", PLAN, parameters=[UPLOAD], refusals=IN_THE_WAY,
        url_path=r"workbook/(?P<upload>\d{1,18})/take",
    )  # fmt: skip
    def workbook_take(self, request, pk=None, upload=None):
        """按预览写入；预览之后有了改动返回409和新的预览。"""
        record, body = self.get_object(), said(request, SeenBody)
        kept = get_object_or_404(mine(request, record), pk=upload)
        book = open_book(bytes(kept.content), kept.name)
        return once(request, lambda: taken(request, record, kept, book, body["seen"]))

    @extend_schema(operation_id="submissions_workbook_marked", responses=FILE, parameters=[UPLOAD])
    @action(detail=True, url_path=r"workbook/(?P<upload>\d{1,18})/marked", filterset_class=None)
    def workbook_marked(self, request, pk=None, upload=None):
        """标好错误的原表：出错的单元格着色并加批注，第一张工作表汇总全部错误。"""
        record = self.get_object()
        kept = get_object_or_404(mine(request, record), pk=upload)
        data = bytes(kept.content)
        plan = plan_workbook(record, open_book(data, kept.name), by=request.user)
        stem = kept.name.rpartition(".")[0] or kept.name
        return sheet(mark(data, plan.marks, kept.name), f"{stem}（已标错）")


def mine(request, record: Submission):
    rows = Upload.objects.visible_to(request.user)
    return rows.filter(purpose=Upload.Purpose.SUBMISSION, about=record.pk)


def taken(request, record: Submission, upload: Upload, book, seen: str | None = None) -> Response:
    """Written whole; or the plan with what is in the way, and nothing written."""
    try:
        with transaction.atomic():
            plan = take_workbook(record, book, by=request.user, seen=seen)
            uploads.settle(upload, rows=len(plan.steps), left=len(plan.findings))
    except WrongFigures as wrong:
        return answered(request, upload, wrong.plan)
    except Changed as news:
        return answered(request, upload, news.plan, code=status.HTTP_409_CONFLICT)
    return answered(request, upload, plan, taken=True)


def answered(request, upload: Upload, plan: Plan, *, taken=False, code=None) -> Response:
    where = reverse("api-submission-workbook-marked", args=[upload.about, upload.pk])
    notes = {
        name: [
            {"sheet": n.sheet, "cell": n.cell, "message": n.message} for n in getattr(plan, name)
        ]
        for name in ("errors", "findings", "hints")
    }
    steps = [
        {"cell": one.cell, "label": one.label, "unit": one.unit, "what": one.what,
         "changes": [list(change) for change in one.changes]}
        for one in plan.steps
    ]  # fmt: skip
    about = {"upload": upload.pk, "taken": taken, "digest": digest_of(plan), "same": plan.same}
    wrong = status.HTTP_422_UNPROCESSABLE_ENTITY if plan.errors else status.HTTP_200_OK
    marked = request.build_absolute_uri(where)
    return Response(about | notes | {"steps": steps, "marked": marked}, status=code or wrong)


def sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(BytesIO(content), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
