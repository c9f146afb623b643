"""Files that come in: tables of any encoding, and the rules by which a row is read."""
