"""Who are you here: members, their stints, and who sees what."""
