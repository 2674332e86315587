"""Our figures beside those of published extractors: `python -m benchmarks.peers --data DIR`."""
