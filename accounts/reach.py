"""What a user may do, and where: their roles of one day, read in one query."""

from dataclasses import dataclass

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

    def leads(self, role: str | None = None) -> list[str]:
        """Paths of the regions led by an agency where the user holds the role."""
        return sorted(
            {held.leads for held in self.held if held.leads and role in (None, held.role)}
        )

    def leads_region(self, region, role: str | None = None) -> bool:
        """Does the user hold the role at a lead office above (or of) this region?"""
        return any(region.path.startswith(path) for path in self.leads(role))
