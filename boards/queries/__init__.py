"""Questions about boards, notices and receipts. A notice is only ever loaded as a sheet in somebody's hands."""
