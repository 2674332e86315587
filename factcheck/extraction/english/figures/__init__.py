"""Figures in English text: numbers with unit, bound, change, what they are of and when, by the extraction contract."""
