"""Where people work on results and needs: a researcher's workbench, an office's queue."""
