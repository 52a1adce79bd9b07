"""Appeals: a club asks that a refusal, a suspension or a revocation is looked at again."""
