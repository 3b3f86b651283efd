"""What a person may answer to a question about a row of a guest list: as we propose, or as it is written."""

PROPOSAL, AS_WRITTEN = "proposal", "as_written"
