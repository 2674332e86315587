"""How well the extraction engine reads: `python -m benchmarks.extraction --data DIR`."""
