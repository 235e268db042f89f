"""Schema by revisions: `running` goes up and down, `triggers` come again after every revision."""
