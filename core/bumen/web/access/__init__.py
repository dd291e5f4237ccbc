"""The pages on which a company's administrators say who works there and sees what."""
