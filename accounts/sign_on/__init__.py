"""Signing in through one's institution (OpenID Connect), ORCID, domains that show who belongs."""
