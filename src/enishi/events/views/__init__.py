"""Pages of members (`/events/`) and of the office (`/office/events/`)."""
