"""The kinds of mail that the door sends."""
