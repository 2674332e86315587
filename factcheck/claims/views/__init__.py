"""Pages and actions around claims."""
