"""An act of the interface: a body, one verb, and the submission as it stands afterwards."""

from collections.abc import Callable

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from tracker.submissions.models import Submission

from .document import CONFLICT_FIELDS, FAULT
from .findings import FINDING_FIELDS
from .once import HEADER, LONGEST, once
from .submissions import SubmissionSerializer

KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description=f"幂等键，不超过{LONGEST}个字符。同一个键再次发来时不重复办理，返回第一次的结果",
)
CONFLICT = inline_serializer(
    "Conflict", CONFLICT_FIELDS | {"present": SubmissionSerializer(required=False)}
)
WRONG = inline_serializer(
    "Wrong",
    {
        "detail": serializers.CharField(),
        "errors": FAULT,
        "position": serializers.IntegerField(required=False, help_text="第几个字符，从0起"),
        "findings": inline_serializer(
            "FindingInTheWay", dict(FINDING_FIELDS), many=True, required=False
        ),
    },
)
REFUSED = "不能办理，或版本已变：detail 是原因，present 是现在的状态"
WRONGLY_SAID = "内容有误：detail 是原因，errors 或 findings 逐项列出"
REFUSALS = {
    409: OpenApiResponse(CONFLICT, description=REFUSED),
    422: OpenApiResponse(WRONG, description=WRONGLY_SAID),
}


class VersionBody(serializers.Serializer):
    """`version` is the one that was read: another one means that something has changed since."""

    version = serializers.IntegerField(min_value=1)


class DecisionBody(VersionBody):
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


def act(body: type[serializers.Serializer], name: str, responses=SubmissionSerializer, **more):
    """A POST on one record with this body, described for programs; see `once` for its key."""
    detail, parsers = more.pop("detail", True), more.pop("parser_classes", None)
    refusals = more.pop("refusals", REFUSALS)

    def decorate(method: Callable):
        routed = action(
            detail=detail,
            methods=["post"],
            url_path=more.pop("url_path", name.replace("_", "-")),
            url_name=name.replace("_", "-"),
            filterset_class=None,
            pagination_class=None,
            **({"parser_classes": parsers} if parsers else {}),
        )
        described = extend_schema(
            operation_id=f"submissions_{name}",
            request=body,
            responses={200: responses, **refusals},
            parameters=[KEY, *more.pop("parameters", [])],
        )
        return described(routed(method))

    return decorate


def said(request, body: type[serializers.Serializer]) -> dict:
    """The body as it was understood; 400 with each field that was not."""
    form = body(data={} if request.data is None else request.data)
    form.is_valid(raise_exception=True)
    return form.validated_data


def done(request, verb: Callable[[], object], pk: int) -> Response:
    """Do it once and answer with the submission as it stands now."""

    def answer() -> Response:
        verb()
        return Response(shown(pk, request.user))

    return once(request, answer)


def shown(pk: int, user: User) -> dict:
    """The submission without its figures, as it stands now."""
    rows = Submission.objects.visible_to(user)
    record = rows.select_related("agency", "round__cycle", "round__span").get(pk=pk)
    return dict(SubmissionSerializer(record).data)
