"""Looking into the history: who did what, and proof that nobody changed it (domain D)."""
