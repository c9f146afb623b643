"""What did people say, and what do they want next."""
