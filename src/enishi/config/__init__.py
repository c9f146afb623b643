"""Settings, addresses and the two server doors of one installation."""
