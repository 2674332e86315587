"""Scripts that run inside a peer's own environment; they import nothing of this project but each other."""
