"""What does the office publish."""
