"""What the register can say in figures: the reports of the council's desk."""
