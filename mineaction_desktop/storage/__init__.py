"""The register on disk: engine, transactions, audit trail, migrations."""
