"""Writes to claims: one function a step, keyword-only, one transaction, in the name of who acts."""
