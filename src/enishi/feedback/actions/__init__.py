"""Acts of feedback."""
