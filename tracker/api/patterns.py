"""A city's own patterns: read, and proposed by programs; a person approves."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.models import Region, User
from accounts.rules import Refused
from tracker.catalogue.models import Indicator, Programme
from tracker.releases.models import PatternVersion
from tracker.releases.own_patterns import services as verbs
from tracker.releases.own_patterns.rules import KEEPERS
from tracker.releases.own_patterns.subjects import Subject, subject_of
from tracker.releases.patterns import PatternError
from tracker.releases.rules import COMPILERS

from .acting import KEY, REFUSALS, said
from .errors import wrong
from .filters import PatternFilter
from .once import once


class PatternSerializer(serializers.ModelSerializer):
    """`state`: waiting, approved, rejected or withdrawn. An empty `source` is the system's default."""

    region = serializers.SlugRelatedField("code", read_only=True)
    indicator = serializers.SlugRelatedField("code", read_only=True)
    by = serializers.CharField(read_only=True, source="by.name")
    state = serializers.SerializerMethodField()
    decided_by = serializers.CharField(read_only=True, source="decision.by.name", default="")
    decided_at = serializers.DateTimeField(read_only=True, source="decision.at", default=None)
    answer = serializers.CharField(read_only=True, source="decision.answer", default="")

    class Meta:
        model = PatternVersion
        fields = [
            "id", "region", "programme", "indicator", "number", "source", "note", "by", "at",
            "state", "decided_by", "decided_at", "answer",
        ]  # fmt: skip

    def get_state(self, version) -> str:
        return version.decided.outcome if version.decided else "waiting"


class PatternBody(serializers.Serializer):
    """One of `programme` and `indicator`; `seen` is the last version that the program has read."""

    programme = serializers.IntegerField(required=False, help_text="项目编号")
    indicator = serializers.CharField(required=False, max_length=40, help_text="指标编码")
    source = serializers.CharField(
        allow_blank=True, max_length=2000, help_text="句式，留空表示改回系统默认"
    )
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    seen = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=0)

    def validate(self, attrs):
        if ("programme" in attrs) == ("indicator" in attrs):
            raise serializers.ValidationError("programme 和 indicator 写且只写一个。")
        return attrs


class Patterns(ReadOnlyModelViewSet):
    """句式各版：牵头单位和审计员可见。"""

    queryset = PatternVersion.objects.none()
    serializer_class = PatternSerializer
    filterset_class = PatternFilter

    def get_queryset(self):
        rows = PatternVersion.objects.visible_to(self.request.user)
        return rows.select_related("region", "programme", "indicator", "by", "decision__by")

    @extend_schema(
        operation_id="patterns_propose",
        request=PatternBody,
        responses={200: PatternSerializer, **REFUSALS},
        parameters=[KEY],
    )
    def create(self, request):
        """拟订一条句式，由另一人在网页上审定。有错时 422：position 是第几个字符，从0数起。"""
        body = said(request, PatternBody)

        def answer() -> Response:
            return self.proposed(request.user, body)

        return once(request, answer)

    def proposed(self, user: User, body: dict) -> Response:
        about = {name: body.pop(name) for name in ("programme", "indicator") if name in body}
        region = led(user)
        try:
            made = verbs.propose(
                region, subject_seen(user, about), body.pop("source"), by=user, **body
            )
        except PatternError as error:
            return wrong(str(error), position=error.position)
        return Response(PatternSerializer(self.get_queryset().get(pk=made.pk)).data)


def led(user: User) -> Region:
    """The highest region for whose documents the person works; Refused for anybody else."""
    path = min(user.reach.leads(*COMPILERS), key=len, default="")
    if not path:
        raise Refused(KEEPERS)
    return Region.objects.get(path=path)


def subject_seen(user: User, about: dict) -> Subject:
    if "programme" in about:
        rows = Programme.objects.visible_to(user).select_related("line")
        return subject_of(get_object_or_404(rows, pk=about["programme"]))
    rows = Indicator.objects.visible_to(user).select_related("programme__line", "unit")
    return subject_of(get_object_or_404(rows, code=about["indicator"]))
