"""The verbs of an administrator. Each asks who may, changes, and writes the history."""
