"""Use cases of second factors."""
