"""Places: postcodes, wards and distances. Knows nothing of clubs."""
