"""What people tell the council about a club, and the quiet hold that may follow (domain B.5)."""
