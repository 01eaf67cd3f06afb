"""How well provisions are looked up: questions made from the laws themselves."""
