"""What this app announces."""

from django.dispatch import Signal

signed_up = Signal()  # signup
signup_withdrawn = Signal()  # signup
session_closed = Signal()  # event_session (held or not held), sent when it is over
