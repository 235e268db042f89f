"""Results that their unit leaves unused: when the makers may act, and how they say so."""
