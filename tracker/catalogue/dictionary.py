"""Keeping the dictionaries of a city: a word with its dates, checked before it can change what is proved."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from accounts.rules import require
from tracker import workflow
from tracker.language.figures import recognise

from .models import CityWord
from .rules import may_keep_words

Kind = CityWord.Kind
FIELDS = ("kind", "words", "instead", "note", "valid_from", "valid_to")
FEWEST = 4  # members of a list that can be told from a chance enumeration
COUNTED = {"", "项", "个", "条"}  # units that stand in names: 8个专项行动, 稳就业36条
_HAN = re.compile(r"[一-龥]")


@transaction.atomic
def add_word(region: Region, *, by: User, **fields) -> CityWord:
    """A word of the region's dictionaries; `fields` as in FIELDS. ValidationError names the field."""
    require(may_keep_words(by, region))
    word = CityWord(region=region, by=by, **cleaned(region, None, fields))
    word.save()
    audit.record(by, "city_word.add", word, **told(word))
    return word


@transaction.atomic
def edit_word(word: CityWord, *, by: User, version: int, **fields) -> CityWord:
    """Change it; the audit keeps how it was."""
    word = workflow.fresh(word, version)
    require(may_keep_words(by, word.region))
    before = told(word)
    for name, value in cleaned(word.region, word, fields).items():
        setattr(word, name, value)
    word.by, word.version = by, word.version + 1
    word.save()
    audit.record(by, "city_word.edit", word, before=before, after=told(word))
    return word


@transaction.atomic
def drop_word(word: CityWord, *, by: User, version: int) -> CityWord:
    """It holds no more, for nothing; the row stays. For one that held until a day, set that day."""
    word = workflow.fresh(word, version)
    require(may_keep_words(by, word.region))
    word.active, word.by, word.version = False, by, word.version + 1
    word.save()
    audit.record(by, "city_word.drop", word, **told(word))
    return word


def cleaned(region: Region, word: CityWord | None, fields: dict) -> dict:
    """The columns as they are kept; ValidationError for what would never be found or hide a figure."""
    fields = {name: fields.get(name) or ("" if name in FIELDS[:4] else None) for name in FIELDS}
    fields |= {name: fields[name].strip() for name in FIELDS[:4]}
    if len(fields["words"]) < 2:
        raise ValidationError({"words": "请至少填两个字。"})
    _require_order(fields["valid_from"], fields["valid_to"])
    _CHECKS.get(fields["kind"], _check_right)(fields)
    known = CityWord.objects.active().filter(region=region, kind=fields["kind"])
    same = known.filter(words=fields["words"], valid_from=fields["valid_from"])
    if same.exclude(pk=word.pk if word else None).exists():
        raise ValidationError({"words": "同一类里已有这个词（起始日期相同），请修改原来的一条。"})
    return fields


def _require_order(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise ValidationError({"valid_to": f"止期{until}早于起期{since}，请改正。"})


def _check_name(fields: dict) -> None:
    """A name may hold a numeral; a value with its unit is none, or it would escape the proof."""
    fields["instead"] = ""
    rest, counted = fields["words"], False
    for one in recognise(fields["words"]).figures:
        rest = rest.replace(one.raw, "", 1)
        counted |= not one.raw.isdigit() and (one.unit not in COUNTED or bool(one.qualifier))
    if counted or len(_HAN.findall(rest)) < 2:
        raise ValidationError(
            {"words": "这是数据，不是名称：保护名称里的数字不再核对，不能带计量单位。"}
        )


def _check_right(fields: dict) -> None:
    if fields["instead"] == fields["words"]:
        raise ValidationError({"instead": "“应为”与“词”相同。"})


def _check_agency(fields: dict) -> None:
    _check_right(fields)
    if not fields["instead"]:
        raise ValidationError({"instead": "请填这个机构现在的名称。"})


def _check_formula(fields: dict) -> None:
    members = [one.strip() for one in fields["instead"].split("、") if one.strip()]
    if len(members) < FEWEST or len(set(members)) != len(members):
        raise ValidationError({"instead": f"请用“、”隔开各项，至少{FEWEST}项，不重复。"})
    fields["instead"] = "、".join(members)


_CHECKS = {Kind.NAME: _check_name, Kind.AGENCY: _check_agency, Kind.FORMULA: _check_formula}


def told(word: CityWord) -> dict:
    """The word as the audit keeps it."""
    return {name: getattr(word, name) for name in FIELDS} | {"region": word.region.code}


def names_kept_whole() -> tuple[str, ...]:
    """Every protected name of the dictionaries, whatever its dates: an old document keeps its names."""
    rows = CityWord.objects.active().filter(kind=Kind.NAME)
    return tuple(dict.fromkeys(rows.values_list("words", flat=True)))


def words_on(region: Region, day: date) -> dict[str, list[CityWord]]:
    """Kind -> the words that hold that day for the region, its own and those of the regions above."""
    found: dict[str, list[CityWord]] = {kind: [] for kind in Kind.values}
    above = Region.objects.above(region).values("pk")
    for word in CityWord.objects.on(day).filter(region__in=above).order_by("pk"):
        found[word.kind].append(word)
    return found
