"""Rule ids that needs ask of the law profile."""

EXPIRE_NEED = "need.open_days"
