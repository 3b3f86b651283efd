"""How the program speaks with its database: SQLite by default, PostgreSQL when grown up."""

# Writers queue at BEGIN instead of failing in the middle; synchronous stays FULL, for a claimed message must survive a
# power cut. What is deleted is written over, for whoever is forgotten must not be found in the file's free pages. Each
# thread of a web worker has a connection, and each connection pages of its own (KiB): the system keeps the file in
# memory anyhow.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-512;"
    ),
}


def prepared(read: dict) -> dict:
    """DATABASE_URL as environ read it, with what each engine needs besides."""
    # Opening a connection costs as much as a guest's page; closing SQLite's last one writes the whole WAL back.
    database = read | {"CONN_MAX_AGE": 60}  # seconds
    if database["ENGINE"].endswith("sqlite3"):
        return database | {"ENGINE": "config.sqlite3", "OPTIONS": SQLITE_OPTIONS}
    return database | {"CONN_HEALTH_CHECKS": True}
