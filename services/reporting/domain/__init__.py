"""Which spans, cells, figures and ledger entries follow from what was decided?"""
