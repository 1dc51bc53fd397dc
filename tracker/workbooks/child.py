"""The child process that parses what people upload: it limits itself, prints JSON lines, and ends.

`python -m tracker.workbooks.child [SHEET ...]`, the file on standard input. A file that eats memory
or time takes this process down and nothing else. It loads no Django.
"""

import json
import logging
import sys
from typing import IO, Any

import python_calamine
import xlrd

from tracker.workbooks.limits import limit
from tracker.workbooks.parsed import MAX_CELLS, Refused
from tracker.workbooks.xls import open_xls
from tracker.workbooks.xlsx import open_xlsx


def parse(data: bytes, wanted: set[str], out: IO[bytes]) -> None:
    """One JSON value a line: the sheets' names, then per sheet its name and merges and its rows."""
    try:
        _tell(data, wanted, out)
    except Refused as refusal:
        _say(out, {"refused": refusal.args})
    except python_calamine.PasswordError:
        _say(out, {"refused": ["password"]})
    except xlrd.XLRDError as error:
        _say(out, {"refused": ["password" if "encrypted" in str(error) else "broken"]})
    except (MemoryError, OSError):
        raise
    except Exception:
        logging.getLogger(__name__).exception("a workbook could not be parsed")
        _say(out, {"refused": ["broken"]})


def _tell(data: bytes, wanted: set[str], out: IO[bytes]) -> None:
    names, sheets = (open_xlsx if data.startswith(b"PK") else open_xls)(data, wanted)
    _say(out, {"names": names})
    total = 0
    for name, merges, rows in sheets:
        _say(out, {"sheet": name, "merges": merges})
        for row in rows:
            while row and row[-1] is None:
                row.pop()
            total += len(row)
            if total > MAX_CELLS:
                raise Refused("cells", name)
            _say(out, row)


def _say(out: IO[bytes], line: Any) -> None:
    out.write(json.dumps(line).encode() + b"\n")


if __name__ == "__main__":
    limit()
    parse(sys.stdin.buffer.read(), set(sys.argv[1:]), sys.stdout.buffer)
