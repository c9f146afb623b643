"""Enishi (縁): a private network for a company's alumni."""
