"""The operator's console: vetting, moderation, people, audit, health."""
