"""Terms of use and privacy text as dated versions, and who agreed to which."""
