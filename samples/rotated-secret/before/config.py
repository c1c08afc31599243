# Read by the application when it starts.
DOCUMENTDB_HOST = "orders.cluster-abcdefghijkl.eu-central-1.docdb.amazonaws.com"
DOCUMENTDB_USER = "shop"
DOCUMENTDB_PASSWORD = "{{DOCUMENTDB_PASSWORD}}"

REDSHIFT_HOST = "reports.abcdefghijkl.eu-central-1.redshift.amazonaws.com"
REDSHIFT_USER = "shop"
REDSHIFT_PASSWORD = "{{REDSHIFT_PASSWORD}}"
