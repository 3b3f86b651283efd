"""`make bench`: our figures beside those of a bare Django that does the same job, and beside their budgets."""
