"""Inquiries, deal rooms and objections."""
