"""The register as plain files: a table, points on a map, what is new, and where every page is."""
