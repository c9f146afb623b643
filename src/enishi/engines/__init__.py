"""The six engines: pure Python, typed strictly, runnable alone. No Django in here, and no engine imports another."""
