"""The kinds of users and the roles that each kind may hold."""

from enum import nonmember

from django.db import models


class Kind(models.TextChoices):
    """A user is of one kind for good: that is what keeps the administrators apart."""

    BUSINESS = "business", "业务人员"
    SYSTEM = "system", "系统管理"
    SECURITY = "security", "安全管理"
    AUDIT = "audit", "审计"


class Role(models.TextChoices):
    REPORTER = "reporter", "填报"
    SIGNER = "signer", "审签"
    LINE_REVIEWER = "line_reviewer", "条线审核"
    REVIEWER = "reviewer", "主管核定"
    EDITOR = "editor", "编辑"
    ISSUER = "issuer", "签发"
    SUPERVISOR = "supervisor", "督办"
    AUDITOR = "auditor", "审计"
    SYSTEM_ADMIN = "system_admin", "系统管理"
    SECURITY_ADMIN = "security_admin", "安全管理"

    kinds = nonmember(
        {
            "reporter": Kind.BUSINESS,
            "signer": Kind.BUSINESS,
            "line_reviewer": Kind.BUSINESS,
            "reviewer": Kind.BUSINESS,
            "editor": Kind.BUSINESS,
            "issuer": Kind.BUSINESS,
            "supervisor": Kind.BUSINESS,
            "auditor": Kind.AUDIT,
            "system_admin": Kind.SYSTEM,
            "security_admin": Kind.SECURITY,
        }
    )
    lead_only = nonmember({"reviewer", "editor", "issuer"})

    @property
    def kind(self) -> Kind:
        return Role.kinds[self.value]
