"""What is owned (assets), what is offered (listings) and what is looked for (needs)."""
