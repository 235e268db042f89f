"""Second factors: codes of an authenticator app, and the recovery codes that stand in for them."""
