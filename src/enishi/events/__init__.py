"""When do we meet, and who comes."""
