"""Lists of records, however many: finding, sorting, changing, taking out, bringing in."""
