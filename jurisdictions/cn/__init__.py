"""China: organisation numbers, mobile numbers, result registration, technology contracts."""

from jurisdictions.cn.organisation_number import read_credit_code

__all__ = ["read_credit_code"]
