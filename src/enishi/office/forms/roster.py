"""The roster's file, and how it is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.office.imports import faults, headings, parts, tables

ENCODINGS = [
    ("", _("Find it out")),
    ("utf-8", "UTF-8"),
    ("cp932", "Shift_JIS (CP932)"),
    ("euc_jp", "EUC-JP"),
    ("iso2022_jp_ext", "ISO-2022-JP (JIS)"),
    ("utf-16", "UTF-16"),
]

MISSING = {"name": _("Choose the column of the name, or those of family and given name.")}
OTHER_PART = _("The other part has a column. Choose one for this part too.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The roster's file"),
        help_text=_("CSV or XLSX, up to 50 MB. The first line names the columns; encoding and columns are found out."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"empty": _("This file is empty. Choose the one that holds the roster.")},
    )
    basis = forms.CharField(
        label=_("On what ground these data are used"),
        help_text=_("For example: consent given on leaving, form 12. It is kept with the import."),
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 50 MB. Split it and import the parts one after another.")
            )
        return file


class ReadingForm(forms.Form):
    """Another encoding, other columns."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)

    def __init__(self, *args: Any, header: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", _("not in this file"))] + [(str(at), name or f"({at + 1})") for at, name in enumerate(header)]
        for name in headings.KNOWN:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=str(faults.FIELDS[name]),
                choices=columns,
                required=name in headings.REQUIRED and name not in parts.PARTS,
            )

    def clean(self) -> dict[str, Any]:
        """A name in two columns needs both of them."""
        for name in headings.missing(self.columns()):
            if f"column_{name}" not in self.errors:
                self.add_error(f"column_{name}", MISSING.get(name, OTHER_PART))
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        chosen = {name: self.cleaned_data.get(f"column_{name}", "") for name in headings.KNOWN}
        return {name: int(at) for name, at in chosen.items() if at != ""}
