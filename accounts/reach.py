"""What a user may do, and where: their roles of one day, read in one query."""

from dataclasses import dataclass

from django.db.models import Q

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})


@dataclass(frozen=True)
class Held:
    """One role in force: at which agency, and the path of the region that agency leads."""

    role: str
    agency: int
    leads: str | None


@dataclass(frozen=True)
class Reach:
    held: tuple[Held, ...]

    @classmethod
    def of(cls, grants) -> "Reach":
        """From a queryset of role grants."""
        rows = grants.values_list("role", "appointment__agency", "appointment__agency__leads__path")
        return cls(tuple(Held(*row) for row in rows))

    @property
    def roles(self) -> set[str]:
        return {held.role for held in self.held}

    @property
    def administers(self) -> bool:
        """Is this one of the three administrators?"""
        return not self.roles.isdisjoint(ADMINISTRATORS)

    def has(self, role: str, agency=None) -> bool:
        """Does the user hold the role (at this agency, given as record or id)?"""
        if agency is None:
            return role in self.roles
        return getattr(agency, "pk", agency) in self.agencies(role)

    def agencies(self, role: str | None = None) -> set[int]:
        """Ids of the agencies where the user holds the role (any role, when none is named)."""
        return {held.agency for held in self.held if role in (None, held.role)}

    def leads(self, *roles: str) -> list[str]:
        """Paths of the regions led by an agency where the user holds one of the roles.

        Without any named: one that works on business; administrators lead nothing.
        """
        fit = [held for held in self.held if held.leads and _is_one_of(held.role, roles)]
        return sorted({held.leads for held in fit})

    def led(self, path: str, *roles: str) -> Q:
        """The condition that the region at `path` (a lookup of its path) lies in one that is led."""
        condition = Q(pk__in=[])
        for root in self.leads(*roles):
            condition |= Q(**{f"{path}__startswith": root})
        return condition

    def leads_region(self, region, *roles: str) -> bool:
        """Does the user hold one of the roles at a lead office above (or of) this region?"""
        return any(region.path.startswith(path) for path in self.leads(*roles))


def _is_one_of(role: str, roles: tuple[str, ...]) -> bool:
    return role in roles if roles else role not in ADMINISTRATORS
