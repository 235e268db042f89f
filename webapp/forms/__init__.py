"""Forms: what a page asks, in WTForms. Use cases judge; forms only read and give back."""
