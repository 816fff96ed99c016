"""Users, roles, the permission table and reach."""
