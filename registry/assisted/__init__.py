"""Paper and telephone: what the council enters for a club, and letters by post."""
