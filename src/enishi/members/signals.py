"""What this app announces."""

from django.dispatch import Signal

member_admitted = Signal()  # member
member_left = Signal()  # member, by; sent inside the transaction, before anything is erased
