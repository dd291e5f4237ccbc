"""Companies, who belongs to them, and the walls between them."""
