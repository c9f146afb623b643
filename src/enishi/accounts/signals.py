"""What this app announces."""

from django.dispatch import Signal

registration_received = Signal()  # registration; sent inside the transaction of the submit
