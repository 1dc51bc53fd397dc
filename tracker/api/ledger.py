"""What is so: approved figures, each with who reported and who approved it."""

from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.ledger.models import Entry

from .filters import EntryFilter
from .paging import LedgerPages
from .submissions import MEASURED, MeasuredSerializer


class EntrySerializer(MeasuredSerializer):
    span = serializers.SlugRelatedField("key", read_only=True)
    agency_name = serializers.CharField(read_only=True, source="agency.name")
    definition = serializers.CharField(read_only=True, source="definition.text")
    definition_number = serializers.IntegerField(read_only=True, source="definition.number")
    reporter = serializers.CharField(read_only=True, source="reporter.name")
    approver = serializers.CharField(read_only=True, source="approver.name")

    class Meta:
        model = Entry
        fields = [
            *MEASURED, "span", "agency", "agency_name", "nature", "is_control", "definition",
            "definition_number", "revision", "origin", "origin_file", "origin_cell", "reporter",
            "signer_name", "approver", "reported_at", "approved_at",
        ]  # fmt: skip


class Entries(ReadOnlyModelViewSet):
    """已核定的现行数据，新核定的在前。"""

    queryset = Entry.objects.none()
    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    pagination_class = LedgerPages

    def get_queryset(self):
        current = Entry.objects.current().values("pk")
        rows = Entry.objects.visible_to(self.request.user).filter(pk__in=current)
        return rows.select_related(
            "indicator__unit", "region", "span", "agency", "definition", "reporter", "approver"
        )
