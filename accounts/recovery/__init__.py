"""Recovery by the operator, for who lost every second factor and every recovery code."""
