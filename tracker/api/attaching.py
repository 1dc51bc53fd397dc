"""Beside the figures: files behind them, and what is made good for in this period."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from tracker.submissions import services as verbs
from tracker.submissions.adjusting import adjust, drop_adjustment
from tracker.submissions.evidence import LARGEST, LONGEST_CAPTION
from tracker.submissions.models import Evidence
from tracker.workflow import fresh

from .acting import VersionBody, act, done, said
from .once import once
from .submissions import EvidenceSerializer

EVIDENCE = OpenApiParameter("evidence", int, OpenApiParameter.PATH)
ADJUSTMENT = OpenApiParameter("adjustment", int, OpenApiParameter.PATH)


class EvidenceBody(serializers.Serializer):
    file = serializers.FileField(
        help_text=f"PDF、图片、Word、Excel、WPS 或 zip，不超过{LARGEST // 2**20}兆"
    )
    caption = serializers.CharField(
        max_length=LONGEST_CAPTION, required=False, default="", allow_blank=True
    )
    figure = serializers.IntegerField(
        required=False, default=None, allow_null=True, help_text="数据编号；不写为整份报送的佐证"
    )


class NothingBody(serializers.Serializer):
    """Nothing is asked."""


class AdjustmentBody(VersionBody):
    entry = serializers.IntegerField(help_text="被调整的已核定数据的编号，即台账 figures 中的 id")
    text = serializers.CharField(max_length=40, help_text="调整数，多报的填负数，如：-12、3.5万元")
    note = serializers.CharField(max_length=200, help_text="调整原因")


class Attaching:
    """Evidence and adjustments."""

    @act(EvidenceBody, "evidence", EvidenceSerializer, parser_classes=[MultiPartParser])
    def evidence(self, request, pk=None):
        """上传一个佐证文件。同样的文件不重复接收。"""
        record, body = self.get_object(), said(request, EvidenceBody)

        def answer() -> Response:
            named = body["figure"]
            figure = get_object_or_404(record.figures, pk=named) if named else None
            words = {"figure": figure, "caption": body["caption"]}
            made = verbs.attach(record, body["file"], by=request.user, **words)
            return Response(EvidenceSerializer(made).data)

        return once(request, answer)

    @act(
        NothingBody, "evidence_remove", parameters=[EVIDENCE],
        url_path=r"evidence/(?P<evidence>\d{1,18})/remove",
    )  # fmt: skip
    def evidence_remove(self, request, pk=None, evidence=None):
        """移除一个佐证文件；记录仍保留。"""
        record = self.get_object()
        standing = Evidence.objects.filter(submission=record, removed_at=None)

        def verb():
            verbs.remove_evidence(get_object_or_404(standing, pk=evidence), by=request.user)

        return done(request, verb, record.pk)

    @act(AdjustmentBody, "adjust", url_path="adjustments")
    def adjust(self, request, pk=None):
        """当期调整：在本期为本年以前期次已核定的数据作增减，须写明原因。同一项再报一次就是改正。"""
        record, body = self.get_object(), said(request, AdjustmentBody)

        def verb():
            now = fresh(record, body["version"])
            adjust(now, body["entry"], body["text"], body["note"], by=request.user)

        return done(request, verb, record.pk)

    @act(
        VersionBody, "adjust_drop", parameters=[ADJUSTMENT],
        url_path=r"adjustments/(?P<adjustment>\d{1,18})/remove",
    )  # fmt: skip
    def adjust_drop(self, request, pk=None, adjustment=None):
        """删除一项当期调整。"""
        record, body = self.get_object(), said(request, VersionBody)

        def verb():
            now = fresh(record, body["version"])
            drop_adjustment(get_object_or_404(now.adjustments, pk=adjustment), by=request.user)

        return done(request, verb, record.pk)
