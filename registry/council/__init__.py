"""The front page of the council's desk, and the way round it."""
