"""Documents: report data → PDF bytes, an address → QR code. Words of people are data here, never markup."""

from .model import Block, Figure, ReportDocument, Row, Span, Table, Voice
from .qr import qr_modules, qr_svg
from .report import report_pdf
from .story import blocks

__all__ = [
    "Block",
    "Figure",
    "ReportDocument",
    "Row",
    "Span",
    "Table",
    "Voice",
    "blocks",
    "qr_modules",
    "qr_svg",
    "report_pdf",
]
