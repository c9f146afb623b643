"""What this app announces."""

from django.dispatch import Signal

report_published = Signal()  # report
