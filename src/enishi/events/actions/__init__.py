"""What is done with series, sessions and places; called through the module: `signups.withdraw(...)`."""
