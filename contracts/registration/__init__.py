"""Recognition and registration of a signed contract (技术合同认定登记): form, course, papers."""
