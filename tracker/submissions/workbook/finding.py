"""Which figure a row is about."""

from collections.abc import Sequence

from tracker.catalogue.duties import Cell
from tracker.workbooks.cells import squeeze
from tracker.workbooks.reading import Row


class Wrong(Exception):
    """A cell of the row says something that cannot be; the message tells what to do."""

    def __init__(self, key: str, message: str):
        super().__init__(message)
        self.key, self.message = key, message


class Cells:
    """The cells that a submission owes, found by code or by name."""

    def __init__(self, cells: Sequence[Cell]):
        self.named: dict[str, set[int]] = {}
        self.at: dict[int, list[Cell]] = {}
        self.there: dict[tuple[int, str], list[Cell]] = {}
        indicators = {cell.indicator.pk: cell.indicator for cell in cells}
        for one in indicators.values():
            for name in {one.code, squeeze(one.name), squeeze(one.label)}:
                self.named.setdefault(name, set()).add(one.pk)
        regions = {cell.region.pk: cell.region for cell in cells}
        names = {pk: {one.code, one.full_code, squeeze(one.name)} for pk, one in regions.items()}
        for cell in cells:
            indicator, region, _ = cell.place
            self.at.setdefault(indicator, []).append(cell)
            for name in names[region]:
                self.there.setdefault((indicator, name), []).append(cell)

    def of(self, row: Row) -> Cell:
        """The one cell of the row. Raises Wrong with the column that does not fit."""
        found = self._placed(row, self._indicator(row))
        scope = row["scope"]
        if len(found) > 1 or scope:
            found = [cell for cell in found if cell.scope == scope]
        if not found:
            raise Wrong("scope", f"这里没有统计范围“{scope}”，请按模板填写")
        return self._with_member(row, found[0])

    def _indicator(self, row: Row) -> int:
        key = "code" if row["code"] else "indicator"
        if not row[key]:
            raise Wrong("indicator", "没有写明指标，请填指标编码或指标名称")
        known = self.named.get(squeeze(row[key]), set())
        if len(known) > 1:
            raise Wrong(key, f"“{row[key]}”不止一个指标，请填指标编码")
        if not known:
            raise Wrong(key, f"“{row[key]}”不在本单位本期的填报范围内，请核对或删除这一行")
        return next(iter(known))

    def _placed(self, row: Row, indicator: int) -> list[Cell]:
        key = "region_code" if row["region_code"] else "region"
        if row[key]:
            found = self.there.get((indicator, squeeze(row[key])), [])
            if not found:
                raise Wrong(key, f"“{row[key]}”不在这个指标的填报地区内，请核对")
            return found
        if len({cell.region.pk for cell in self.at[indicator]}) > 1:
            raise Wrong("region", "没有写明地区，请填区划代码或地区名称")
        return self.at[indicator]

    def _with_member(self, row: Row, cell: Cell) -> Cell:
        if row["member"] and row["member"] not in cell.indicator.members:
            raise Wrong("member", f"这个指标没有分项“{row['member']}”，请按模板填写")
        return cell
