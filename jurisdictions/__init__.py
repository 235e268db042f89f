"""What one country alone asks for: identifiers, forms, tax. Each imports core only; injected."""
