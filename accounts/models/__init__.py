"""Who people are, where they belong, what they may do and what they did."""

from accounts import kinds
from accounts.models.agencies import Agency, AgencyLink, AgencyName, lead_office_of
from accounts.models.people import Appointment, HandOver, RoleGrant, User
from accounts.models.places import Line, Region, RegionOverlap
from accounts.models.record import AuditEntry, AuditHead
from accounts.models.roles import Kind, Role
from accounts.models.tokens import ApiToken

__all__ = [
    "Agency",
    "AgencyLink",
    "AgencyName",
    "ApiToken",
    "Appointment",
    "AuditEntry",
    "AuditHead",
    "HandOver",
    "Kind",
    "Line",
    "Region",
    "RegionOverlap",
    "Role",
    "RoleGrant",
    "User",
    "lead_office_of",
]

kinds.guard(*(model._meta.db_table for model in (User, Appointment, RoleGrant)))
