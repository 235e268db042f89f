"""`/api/v1`: what pages can do, for programs. Each operation is declared once, in `operations/`;
the door, the checks and the OpenAPI document all read that declaration."""
