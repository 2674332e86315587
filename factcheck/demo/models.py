"""The demonstration marks rows of other parts; it has none of its own."""
