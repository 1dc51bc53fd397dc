"""What is said, and the acts upon it: submissions as programs work with them."""

from django.db.models import Prefetch
from rest_framework.viewsets import ReadOnlyModelViewSet

from tracker.submissions.models import Adjustment, Evidence, Figure, Signature, Submission

from .attaching import Attaching
from .deciding import Deciding
from .filing import Filing
from .filling import Filling
from .filters import SubmissionFilter
from .submissions import SubmissionSerializer, WholeSubmissionSerializer
from .workbooks import Workbooks


class Submissions(Filling, Attaching, Workbooks, Filing, Deciding, ReadOnlyModelViewSet):
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
        made_good = Adjustment.objects.select_related("indicator__unit", "region", "about")
        signed = Signature.objects.select_related("recorded_by", "principal")
        return rows.prefetch_related(
            Prefetch("figures", figures),
            "narratives__figures",
            Prefetch("signatures", signed),
            Prefetch("evidence", Evidence.objects.filter(removed_at=None)),
            Prefetch("adjustments", made_good),
        )
