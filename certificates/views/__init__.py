"""HTTP only: verifying for everybody, printing for the holder, revoking for admins."""
