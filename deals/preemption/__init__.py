"""Who comes first on equal terms: told with a day, until which nobody else signs."""
