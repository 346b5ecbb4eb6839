"""nen-cds: decision support for gastroenteropancreatic neuroendocrine neoplasms over CDS Hooks."""
