"""Who may come in: accounts, roles, registrations, invitations, the roster."""
