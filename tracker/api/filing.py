"""From draft to the lead office: zero report, submit, sign, send back, withdraw; what is in the way."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from tracker.catalogue.models import Programme
from tracker.submissions import services as verbs
from tracker.submissions.checks import check
from tracker.workflow import fresh

from .acting import DecisionBody, VersionBody, act, done, said
from .findings import FINDING, told


class ZeroBody(VersionBody):
    programme = serializers.IntegerField(
        required=False, default=None, allow_null=True, help_text="项目编号，不写为整份零报告"
    )


class Filing:
    """The agency's acts."""

    @extend_schema(operation_id="submissions_checks", responses=FINDING)
    @action(detail=True, filterset_class=None, pagination_class=None)
    def checks(self, request, pk=None):
        """现在校验出的问题；blocks 为真的不处理不能报送。"""
        return Response(told(check(self.get_object())))

    @act(ZeroBody, "zero")
    def zero(self, request, pk=None):
        """空白的指标按零报告填写。"""
        record, body = self.get_object(), said(request, ZeroBody)

        def verb():
            one = body["programme"]
            programme = Programme.objects.filter(pk=one).first() if one else None
            if one and programme is None:
                raise serializers.ValidationError({"programme": ["没有这个项目。"]})
            verbs.declare_zero(fresh(record, body["version"]), by=request.user, programme=programme)

        return done(request, verb, record.pk)

    @act(DecisionBody, "submit")
    def submit(self, request, pk=None):
        """提交审签；不需要审签的直接报送。有须处理的问题时返回422，逐项列在 findings 中。"""
        record, body = self.get_object(), said(request, DecisionBody)
        return done(request, lambda: verbs.submit(record, by=request.user, **body), record.pk)

    @act(DecisionBody, "sign")
    def sign(self, request, pk=None):
        """签字报送。"""
        record, body = self.get_object(), said(request, DecisionBody)
        return done(request, lambda: verbs.sign(record, by=request.user, **body), record.pk)

    @act(DecisionBody, "send_back")
    def send_back(self, request, pk=None):
        """审签人退回填报员修改，须写明原因。"""
        record, body = self.get_object(), said(request, DecisionBody)
        return done(request, lambda: verbs.send_back(record, by=request.user, **body), record.pk)

    @act(VersionBody, "withdraw")
    def withdraw(self, request, pk=None):
        """上级还没有开始审阅时撤回。"""
        record, body = self.get_object(), said(request, VersionBody)
        return done(request, lambda: verbs.withdraw(record, by=request.user, **body), record.pk)
