"""The fact desk: claims and figures found in articles, verified by editors, compared as data."""
