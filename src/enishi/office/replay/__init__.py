"""A past series as a folder of files, lived through again: `reading` the story, `playing` it, `telling` what came of it."""
