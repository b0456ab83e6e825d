"""Office files without the hour: the same content gives the same bytes.

In: the bytes of a .pptx or .xlsx. Out: the same file. Traps: every entry of such a file carries the time of
writing, its properties once more, and a slide's chart holds a whole workbook with both again.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_PROPERTIES = "docProps/core.xml"
_DATES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def without_hour(data: bytes) -> bytes:
    """The file with fixed times of its entries and without dates in its properties."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = without_hour(content)
            elif name == _PROPERTIES:
                content = _DATES.sub(b"", content)
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
