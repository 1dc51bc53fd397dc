"""The description of a sheet: what its columns are called and what they hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any


class Kind(Enum):
    """What a cell holds, and what `cells.read_cell` makes of it.

    TEXT str; CODE str without spaces; NUMBER Decimal; QUANTITY `cells.Quantity` (Decimal and the
    unit behind it); FIGURE str as a person would type it into a form; INTEGER int; BOOLEAN bool (是/否); CHOICE the value of a label; LIST tuple;
    PERIOD str such as 2020-12; DATE date; DATE_OR_TEXT date where it is one, else str.
    """

    TEXT = auto()
    CODE = auto()
    NUMBER = auto()
    QUANTITY = auto()
    FIGURE = auto()
    INTEGER = auto()
    BOOLEAN = auto()
    CHOICE = auto()
    LIST = auto()
    PERIOD = auto()
    DATE = auto()
    DATE_OR_TEXT = auto()


@dataclass(frozen=True)
class Column:
    """One column. `choices` maps labels to values, or lists labels that are their own values.

    `default` stands for a missing column and an empty cell; `check` says in a sentence what is
    wrong with a value that was read, or None.
    """

    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    default: Any = None
    choices: Mapping[str, Any] | Sequence[str] = ()
    key: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()
    max_length: int | None = None
    check: Callable[[Any], str | None] | None = None
    locked: bool = False
    width: int | None = None
    labels: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        choices = self.choices
        labels = dict(choices) if isinstance(choices, Mapping) else {c: c for c in choices}
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "key", self.key or self.heading)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.heading, *self.aliases)


@dataclass(frozen=True)
class Sheet:
    """A named sheet; `required` means that a workbook without it is refused."""

    name: str
    columns: tuple[Column, ...]
    required: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        for what in ("key", "heading"):
            named = [getattr(column, what) for column in self.columns]
            if len(set(named)) != len(named):
                raise ValueError(f"{self.name}: two columns share a {what}")
