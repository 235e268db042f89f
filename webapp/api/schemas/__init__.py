"""What the API takes and answers, as pydantic models: unknown fields are refused."""
