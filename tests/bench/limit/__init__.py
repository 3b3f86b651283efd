"""The limit: what bare Django needs for the same job on the same database. Nothing here is part of the product."""
