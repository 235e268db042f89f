"""Rule ids that needs ask of the law profile."""

EXPIRE_NEED = "need.expire_days"
