"""All that is kept of one person, as one file: JSON for machines, CSV for spreadsheets."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from enishi.accounts.models import User
from enishi.core import clock, exports, personal_data


def archive(user: User) -> bytes:
    """A ZIP with `data.json` and one CSV a kind of row; no cell acts when a spreadsheet opens it."""
    parts = [(each, each.collect(user)) for each in personal_data.holdings()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data.json", _json(parts))
        for holding, rows in parts:
            if rows:
                header = list(rows[0])
                table = exports.csv_bytes(header, [[_cell(row.get(key)) for key in header] for row in rows])
                file.writestr(f"{_name(holding.model)}.csv", table)
    return out.getvalue()


def _json(parts: list[tuple[personal_data.Holding, personal_data.Rows]]) -> str:
    value = {
        "made_at": clock.now(),
        "holdings": [
            {"model": each.model, "title": str(each.title), "kept_after_leaving": str(each.kept), "rows": rows}
            for each, rows in parts
        ],
    }
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _cell(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return value


def _name(model: str) -> str:
    return re.sub(r"[^a-z]+", "-", model.lower())
