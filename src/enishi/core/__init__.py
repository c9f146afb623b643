"""The hallway: what every app stands on. It imports no other app."""
