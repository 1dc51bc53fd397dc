"""What is said: submissions with their figures and texts."""

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.submissions.models import Figure, Narrative, Signature, Submission

from .fields import Number
from .filters import SubmissionFilter

MEASURED = [
    "id", "indicator", "indicator_name", "region", "member", "scope", "kind", "value", "unit",
    "decimals", "entered", "entered_unit", "qualifier", "accumulates", "base_text", "as_of_text",
    "start_value", "start_text", "na_reason", "note", "explanation",
]  # fmt: skip


class MeasuredSerializer(serializers.ModelSerializer):
    """A value is in `unit`; `entered` and `entered_unit` are as it was typed, with `decimals`."""

    indicator = serializers.SlugRelatedField("code", read_only=True)
    indicator_name = serializers.CharField(read_only=True, source="indicator.name")
    region = serializers.SlugRelatedField("code", read_only=True)
    unit = serializers.CharField(read_only=True, source="indicator.unit.name")
    value = Number()
    start_value = Number()


class FigureSerializer(MeasuredSerializer):
    class Meta:
        model = Figure
        fields = [*MEASURED, "questioned"]


class NarrativeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Narrative
        fields = ["id", "programme", "kind", "speaker", "question", "text"]


class SignatureSerializer(serializers.ModelSerializer):
    recorded_by = serializers.CharField(read_only=True, source="recorded_by.name")

    class Meta:
        model = Signature
        fields = ["step", "signer_name", "signer_post", "recorded_by", "at"]


class SubmissionSerializer(serializers.ModelSerializer):
    agency_name = serializers.CharField(read_only=True, source="agency.name")
    cycle = serializers.CharField(read_only=True, source="round.cycle.name")
    span = serializers.CharField(read_only=True, source="round.span.key")

    class Meta:
        model = Submission
        fields = [
            "id", "round", "cycle", "span", "agency", "agency_name", "status", "version",
            "zero_report", "filed_at", "is_late", "decided_at",
        ]  # fmt: skip


class WholeSubmissionSerializer(SubmissionSerializer):
    figures = FigureSerializer(many=True, read_only=True)
    narratives = NarrativeSerializer(many=True, read_only=True)
    signatures = SignatureSerializer(many=True, read_only=True)

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "figures", "narratives", "signatures"]


class Submissions(ReadOnlyModelViewSet):
    """报送：本单位和下级单位的；牵头单位可见所辖地区的。单份报送附数据、文字和签字。"""

    queryset = Submission.objects.none()
    filterset_class = SubmissionFilter

    def get_serializer_class(self):
        return WholeSubmissionSerializer if self.action == "retrieve" else SubmissionSerializer

    def get_queryset(self):
        rows = Submission.objects.visible_to(self.request.user).select_related(
            "agency", "round__cycle", "round__span"
        )
        if self.action != "retrieve":
            return rows
        figures = Figure.objects.select_related("indicator__unit", "region")
        signed = Signature.objects.select_related("recorded_by")
        return rows.prefetch_related(
            Prefetch("figures", figures), "narratives", Prefetch("signatures", signed)
        )
