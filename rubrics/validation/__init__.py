"""How well scores agree with people, and what cannot move them."""
