"""What the checks say, as a program is told it."""

from collections.abc import Iterable

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from accounts.models import Region
from tracker.catalogue.models import Indicator
from tracker.submissions.checks import Finding

FINDING_FIELDS = {
    "severity": serializers.ChoiceField(["error", "warning"]),
    "rule": serializers.CharField(),
    "message": serializers.CharField(),
    "indicator": serializers.CharField(help_text="指标编码，与单个指标无关时为空"),
    "region": serializers.CharField(help_text="区划代码"),
    "scope": serializers.CharField(),
    "blocks": serializers.BooleanField(help_text="不处理不能报送"),
}
# A serializer takes its fields out of what it is given.
FINDING = inline_serializer("Finding", dict(FINDING_FIELDS), many=True)


def told(findings: Iterable[Finding]) -> list[dict]:
    """Findings with codes in place of numbers, in two queries."""
    findings = list(findings)
    codes = dict(
        Indicator.objects.filter(pk__in={one.indicator for one in findings}).values_list(
            "pk", "code"
        )
    )
    places = dict(
        Region.objects.filter(pk__in={one.region for one in findings}).values_list("pk", "code")
    )
    return [
        {
            "severity": one.severity,
            "rule": one.rule,
            "message": one.message,
            "indicator": codes.get(one.indicator, ""),
            "region": places.get(one.region, ""),
            "scope": one.scope,
            "blocks": one.blocks,
        }
        for one in findings
    ]
