"""The ledger: who wrote, read or disclosed what, when and why, on a chain that shows tampering."""
