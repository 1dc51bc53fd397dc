"""How submissions with their figures and texts are written."""

from rest_framework import serializers

from tracker.submissions.models import (
    Adjustment,
    Evidence,
    Figure,
    Narrative,
    NarrativeFigure,
    Signature,
    Submission,
)

from .fields import Number

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


class NumberSerializer(serializers.ModelSerializer):
    value = Number()

    class Meta:
        model = NarrativeFigure
        fields = ["start", "end", "raw", "value", "unit", "qualifier"]


class NarrativeSerializer(serializers.ModelSerializer):
    """`numbers` are those that were confirmed as figures of the text."""

    numbers = NumberSerializer(many=True, read_only=True, source="figures")

    class Meta:
        model = Narrative
        fields = ["id", "programme", "kind", "speaker", "question", "text", "version", "numbers"]


class SignatureSerializer(serializers.ModelSerializer):
    recorded_by = serializers.CharField(read_only=True, source="recorded_by.name")
    principal = serializers.CharField(
        read_only=True, source="principal.name", default="", help_text="代谁签字；本人签字为空"
    )

    class Meta:
        model = Signature
        fields = ["step", "signer_name", "principal", "signer_post", "recorded_by", "at"]


class EvidenceSerializer(serializers.ModelSerializer):
    """`figure` is empty for a file of the whole submission."""

    class Meta:
        model = Evidence
        fields = ["id", "figure", "name", "content_type", "size", "sha256", "caption", "at"]


class AdjustmentSerializer(serializers.ModelSerializer):
    """What this period makes good for; `about` is the earlier period."""

    indicator = serializers.SlugRelatedField("code", read_only=True)
    region = serializers.SlugRelatedField("code", read_only=True)
    about = serializers.SlugRelatedField("key", read_only=True)
    unit = serializers.CharField(read_only=True, source="indicator.unit.name")
    value = Number()

    class Meta:
        model = Adjustment
        fields = ["id", "indicator", "region", "scope", "about", "value", "unit", "note"]


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
    evidence = EvidenceSerializer(many=True, read_only=True)
    adjustments = AdjustmentSerializer(many=True, read_only=True)

    class Meta(SubmissionSerializer.Meta):
        fields = [
            *SubmissionSerializer.Meta.fields,
            "figures",
            "narratives",
            "signatures",
            "evidence",
            "adjustments",
        ]
