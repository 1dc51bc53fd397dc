"""What a city sets once for all its documents, typed: order, range mark, masthead, readers, formulas."""

from collections.abc import Iterable

from django import forms

from accounts.models import Agency, Region
from tracker.catalogue.dictionary import names_kept_whole
from tracker.language.guard import stray_numbers
from tracker.language.range_marks import MARKS
from tracker.releases.genres import Formula, Genre
from tracker.releases.house.style import (
    FRAME,
    ISSUE,
    ISSUE_WORDS,
    OFFICE,
    SLOTS,
    TOTAL,
    TOTAL_WORDS,
    House,
    slots_of,
)

from .forms import CHECKS

LONGEST = 300
SET, SAID = "设-", "语-"
HINTS = {
    OFFICE: "印在刊头左边；不填则为“牵头单位编”",
    ISSUE_WORDS: f"不填则为“{ISSUE}”，也可以写成“〔{{年份}}〕{{期号}}号”",
    TOTAL_WORDS: f"不填则为“{TOTAL}”",
}


class StyleForm(forms.Form):
    """`version` is the number that was seen, 0 before the first."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label="修改说明", max_length=200, required=False, help_text="写入版本记录，可不填"
    )


class GeneralForm(StyleForm):
    """What holds for every genre: who stands before whom, and the mark of a range."""

    range_mark = forms.ChoiceField(
        label="区间号",
        required=False,
        choices=[("", "不规定"), *((mark, f"6{mark}16岁") for mark in MARKS)],
        help_text="校验时，用了别的符号的区间会提示改正；“至、到”是文字，规定了符号也不提示",
    )

    def __init__(
        self, *args, agencies: Iterable[Agency], counties: Iterable[Region], house: House, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.agencies, self.counties, self.house = list(agencies), list(counties), house
        self.fields["range_mark"].initial = house.range_mark
        for prefix, rows, order in self.lists:
            for one in rows:
                place = order.index(one.pk) + 1 if one.pk in order else None
                self.fields[f"{prefix}-{one.pk}"] = _place_field(one.short_name, place)

    @property
    def lists(self):
        """What is put in order: prefix of the fields, the rows, the order so far."""
        house = self.house
        return [("place", self.agencies, house.order), ("county", self.counties, house.counties)]

    @property
    def places(self):
        return [self[f"place-{one.pk}"] for one in self.agencies]

    @property
    def county_places(self):
        return [self[f"county-{one.pk}"] for one in self.counties]

    def clean(self):
        chosen = super().clean()
        orders = [self._order(chosen, prefix, rows) for prefix, rows, _ in self.lists]
        self.order, self.county_order = orders
        return chosen

    def _order(self, chosen: dict, prefix: str, rows: list) -> tuple[int, ...]:
        """The rows that have a number, in that order; the same number twice is said at its field."""
        named: dict[int, Agency | Region] = {}
        for one in rows:
            place = chosen.get(f"{prefix}-{one.pk}")
            if place in named:
                self.add_error(f"{prefix}-{one.pk}", f"与{named[place]}的顺序相同。")
            elif place:
                named[place] = one
        return tuple(named[place].pk for place in sorted(named))

    def changed(self) -> House:
        """The house style with what was typed."""
        typed = {"range_mark": self.cleaned_data["range_mark"], "order": self.order}
        return House(**vars(self.house) | typed | {"counties": self.county_order})


def _place_field(label: str, place: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=999, initial=place,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )  # fmt: skip


class GenreForm(StyleForm):
    """What one genre is set and says, where the city has its own way."""

    def __init__(self, *args, folder: str, kind: Genre, house: House, **kwargs):
        super().__init__(*args, **kwargs)
        self.folder, self.kind, self.house = folder, kind, house
        chosen = house.settings.get(folder, {})
        for one in kind.settings:
            if one.usual:
                self._add(SET, one.name, one.hint, chosen.get(one.name), CHECKS.get(one.name, ()))
            if one.name == "期号":
                for name in FRAME:
                    self._add(SET, name, HINTS[name], chosen.get(name))
        for one in kind.formulas:
            own = house.formulas.get(folder, {}).get(one.name, ())
            self.fields[f"{SAID}{one.name}"] = _formula_field(one, own)

    def _add(self, prefix: str, name: str, hint: str, words: str | None, checks=()) -> None:
        self.fields[f"{prefix}{name}"] = forms.CharField(
            label=name, help_text=hint, required=False, max_length=LONGEST if name in "报送发" else 60,
            initial=words or "", validators=checks,
        )  # fmt: skip

    def fields_of(self, prefix: str):
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def set_fields(self):
        return self.fields_of(SET)

    @property
    def said_fields(self):
        return self.fields_of(SAID)

    def clean(self):
        chosen, names = super().clean(), names_kept_whole()
        for name in (ISSUE_WORDS, TOTAL_WORDS):
            if words := chosen.get(f"{SET}{name}"):
                self._check_number(name, words)
        for one in self.kind.formulas:
            self._check_formula(one, chosen.get(f"{SAID}{one.name}") or "", names)
        return chosen

    def _check_number(self, name: str, words: str) -> None:
        allowed = SLOTS[name]
        if slots_of(words).count(allowed[-1]) != 1 or not set(slots_of(words)) <= set(allowed):
            slots = "、".join(f"{{{slot}}}" for slot in allowed)
            self.add_error(f"{SET}{name}", f"要有一个{{{allowed[-1]}}}，可用的只有{slots}。")
        elif any(char.isdigit() for char in words):
            self.add_error(f"{SET}{name}", "写法里不能有数字，数字由系统编定。")

    def _check_formula(self, one: Formula, words: str, names) -> None:
        field = f"{SAID}{one.name}"
        if strange := set(slots_of(words)) - one.slots:
            known = "、".join(f"{{{slot}}}" for slot in sorted(one.slots)) or "没有"
            self.add_error(field, f"不认识{{{min(strange)}}}。这一条可用的：{known}。")
        elif found := stray_numbers(words, names):
            raw = next(iter(found)).raw
            self.add_error(
                field, f"“{raw}”是数字，固定用语里不能有数字；名称里的数字先登记为保护名称。"
            )

    def changed(self) -> House:
        """The house style with this genre as it was typed."""
        data = self.cleaned_data
        chosen = _filled(SET, data)
        said = {
            name: tuple(filter(None, map(str.strip, words.splitlines())))
            for name, words in _filled(SAID, data).items()
        }
        settings = {**self.house.settings, self.folder: chosen}
        formulas = {**self.house.formulas, self.folder: said}
        return House(**vars(self.house) | {"settings": settings, "formulas": formulas})


def _filled(prefix: str, data: dict) -> dict[str, str]:
    return {
        name.removeprefix(prefix): words.strip()
        for name, words in data.items()
        if name.startswith(prefix) and words and words.strip()
    }


def _formula_field(one: Formula, own: tuple[str, ...]) -> forms.CharField:
    """The product's wording stands beside the field; several stand one a line."""
    usual = "；".join(one.options[:2]) + ("……" if len(one.options) > 2 else "")
    more = "；一行一种说法，汇编时轮换使用" if one.several else ""
    rows = {"rows": 3 if one.several else 2}
    return forms.CharField(
        label=one.name, required=False, max_length=1000, initial="\n".join(own),
        help_text=f"不填则为：{usual}{more}", widget=forms.Textarea(attrs=rows),
    )  # fmt: skip
