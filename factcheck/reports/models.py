"""Exports are made from claims as they stand; nothing of their own is stored yet."""
