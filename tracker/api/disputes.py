"""Two sources and two figures under one name: listed, raised and decided by programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.ledger.models import Entry
from tracker.review import disputes as verbs
from tracker.review.models import Dispute, DisputeSide

from .acting import KEY, REFUSALS, VersionBody, said
from .fields import Number
from .once import once

DECISIONS = [one for one in Dispute.Decision.choices if one[0]]


class SideSerializer(serializers.ModelSerializer):
    agency_name = serializers.CharField(read_only=True, source="entry.agency.name")
    value = Number(source="entry.value")
    unit = serializers.CharField(read_only=True, source="entry.indicator.unit.name")

    class Meta:
        model = DisputeSide
        fields = ["entry", "agency_name", "value", "unit", "definition", "prevails"]


class DisputeSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)
    span = serializers.SlugRelatedField("key", read_only=True)
    amount = Number()
    sides = SideSerializer(many=True, read_only=True)
    raised_by = serializers.CharField(read_only=True, source="raised_by.name")
    decided_by = serializers.CharField(read_only=True, source="decided_by.name", default="")

    class Meta:
        model = Dispute
        fields = [
            "id", "title", "region", "span", "decision", "amount", "basis", "sides", "raised_by",
            "raised_at", "decided_by", "decided_at", "version",
        ]  # fmt: skip


class SideBody(serializers.Serializer):
    entry = serializers.IntegerField(help_text="台账 figures 中的 id")
    definition = serializers.CharField(max_length=500, help_text="这一方的口径")


class DisputeBody(serializers.Serializer):
    title = serializers.CharField(max_length=100)
    sides = SideBody(many=True, min_length=2, max_length=2)


class DecisionOnSources(VersionBody):
    decision = serializers.ChoiceField(DECISIONS)
    basis = serializers.CharField(max_length=500)
    prevails = serializers.IntegerField(
        required=False, default=None, allow_null=True, help_text="采用哪个数，写它的 entry"
    )
    amount = serializers.DecimalField(
        17, 4, required=False, default=None, allow_null=True, help_text="重复数，按基本单位"
    )


def acting(name: str, body: type[serializers.Serializer]):
    return extend_schema(
        operation_id=f"disputes_{name}",
        request=body,
        responses={200: DisputeSerializer, **REFUSALS},
        parameters=[KEY],
    )


class Disputes(ReadOnlyModelViewSet):
    """口径争议：牵头单位主管和审计员可见。"""

    queryset = Dispute.objects.none()
    serializer_class = DisputeSerializer

    def get_queryset(self):
        rows = Dispute.objects.visible_to(self.request.user)
        related = ("region", "span", "raised_by", "decided_by")
        sides = ("sides__entry__agency", "sides__entry__indicator__unit")
        return rows.select_related(*related).prefetch_related(*sides)

    @acting("raise", DisputeBody)
    def create(self, request):
        """登记两个单位对同一事项报的两个数，写明双方口径。"""
        body = said(request, DisputeBody)

        def answer() -> Response:
            seen = Entry.objects.visible_to(request.user).select_related("region", "span")
            sides = [
                verbs.Side(get_object_or_404(seen, pk=one["entry"]), one["definition"])
                for one in body["sides"]
            ]
            made = verbs.raise_dispute(body["title"], sides, by=request.user)
            return self.told(made)

        return once(request, answer)

    @acting("decide", DecisionOnSources)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """裁定：两数并存、采用其中一个，或有重复只计一次；须写明依据。"""
        record, body = self.get_object(), said(request, DecisionOnSources)

        def answer() -> Response:
            return self.told(verbs.decide(record, by=request.user, **body))

        return once(request, answer)

    def told(self, made: Dispute) -> Response:
        return Response(DisputeSerializer(self.get_queryset().get(pk=made.pk)).data)
