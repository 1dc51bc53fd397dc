"""How single values are written."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field(
    {"type": "string", "format": "decimal", "nullable": True, "example": "13020000"}
)
class Number(serializers.Field):
    """A value in base units as a decimal string, so that no reader makes a float of it."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        return format(value, "f")
