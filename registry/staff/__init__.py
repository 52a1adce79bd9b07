"""The council's people: who works here, as what, and how they sign in (domain B.8)."""
