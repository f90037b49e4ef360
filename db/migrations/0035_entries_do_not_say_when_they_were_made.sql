-- An id made by the clock would say to whoever reads their own ledger when a vote was given.
UPDATE reputation_entries SET id = gen_random_uuid();
