"""Whose published figures stand for the council's own on the DfE basis."""

# The demonstration's county is invented; its totals are those that the Department publishes for this area.
PUBLISHED_AREA = "Shropshire"
