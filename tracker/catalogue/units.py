"""Units as offices write them: 万元 is the scale 万 and the base unit 元."""

from tracker.language.units import normal_unit, split_scale, unit_class

from .models import Display, Unit

_SCALES = {1: Display.AS_IS, 10**4: Display.WAN, 10**8: Display.YI}
FACTORS = {scale: factor for factor, scale in _SCALES.items()}


def split_unit(text: str) -> tuple[Display, str]:
    """万元 -> (万, 元). ValueError, in Chinese, for a scale in which nothing can be entered."""
    factor, base = split_scale(text)
    if int(factor) not in _SCALES:
        raise ValueError(f"计量单位“{text}”的倍数不能用，请改用{base}、万{base}或亿{base}")
    return _SCALES[int(factor)], normal_unit(base)


def unit_named(name: str) -> Unit:
    """The base unit of that name, made when it is new; its dimension comes from a closed table."""
    return Unit.objects.get_or_create(name=name, defaults={"dimension": unit_class(name).value})[0]
