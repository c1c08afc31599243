CREATE OR REPLACE VIEW {view} AS
WITH received AS (
    SELECT f.id,
           coalesce(f.generatorid, 'unknown') AS generator,
           coalesce(f.generatorid, '') LIKE 'provablesec/%' AS own,
           replace(coalesce(f.generatorid, ''), 'provablesec/', '') AS rule,
           coalesce(element_at(f.productfields, 'provablesec/File'), element_at(f.productfields, 'provablesec/file')) AS file,
           coalesce(element_at(f.productfields, 'provablesec/Pointer'), element_at(f.productfields, 'provablesec/pointer'), '') AS pointer,
           coalesce(f.productname, element_at(f.productfields, 'aws/securityhub/ProductName'), element_at(f.productfields, 'aws/securityhub/productname')) AS product,
           coalesce(f.companyname, element_at(f.productfields, 'aws/securityhub/CompanyName'), element_at(f.productfields, 'aws/securityhub/companyname')) AS company,
           f.title, f.description, f.region, f.awsaccountid, f.updatedat, f.severity,
           element_at(f.resources, 1) AS resource,
           element_at(filter(transform(coalesce(f.types, ARRAY[]), t -> CASE replace(element_at(split(t, '/'), 2), ' ', '') {purposes} END), p -> p IS NOT NULL), 1) AS tactic,
           f.recordstate = 'ARCHIVED' AS archived, f.workflow.status AS workflow, f.compliance.status AS compliance{columns}
    FROM {table} AS l
    CROSS JOIN UNNEST(l.detail.findings) AS f (schemaversion, id, productname, companyname, region, generatorid, awsaccountid, types, updatedat, severity, title, description, resources, productfields, compliance, workflow, recordstate)
    WHERE f.schemaversion = '2018-10-08' AND f.id IS NOT NULL
)
SELECT CASE WHEN own THEN concat('provablesec/', rule, '/', replace(coalesce(file, ''), '\', '/'), '#', CASE pointer WHEN '' THEN '/' ELSE pointer END)
            WHEN id LIKE '%:guardduty:%' AND id LIKE '_%/finding/%' THEN concat('guardduty/', regexp_extract(id, '^.+/finding/(.*)$', 1))
            ELSE concat('asff/', id) END AS finding_key,
       CASE WHEN own THEN 'provablesec' ELSE coalesce(product, 'Security Hub') END AS source,
       CASE WHEN own THEN 'ProvableSec' ELSE company END AS vendor,
       id,
       CASE WHEN own THEN rule ELSE generator END AS type,
       coalesce(title, CASE WHEN own THEN rule ELSE generator END) AS title,
       CASE WHEN severity.label IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL') THEN severity.label
            WHEN severity.normalized >= 90 THEN 'CRITICAL'
            WHEN severity.normalized >= 70 THEN 'HIGH'
            WHEN severity.normalized >= 40 THEN 'MEDIUM'
            WHEN severity.normalized >= 1 THEN 'LOW'
            ELSE 'INFORMATIONAL' END AS severity,
       awsaccountid AS account,
       CASE WHEN own THEN resource.region ELSE coalesce(resource.region, region) END AS region,
       resource.type AS resource_type,
       resource.id AS resource,
       CASE WHEN coalesce(resource.id, '') = '' THEN NULL
            WHEN NOT regexp_like(resource.id, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:') THEN
                CASE WHEN resource.type IN ('S3Bucket', 'AwsS3Bucket') THEN concat('bucket/', resource.id)
                     WHEN resource.type IN ('Role', 'AssumedRole') THEN concat('role/', resource.id)
                     WHEN resource.type = 'IAMUser' THEN concat('user/', resource.id)
                     WHEN resource.type = 'Instance' THEN concat('instance/', resource.id) END
            WHEN regexp_like(resource.id, '^arn:[^:]*:s3:') THEN concat('bucket/', regexp_extract(resource.id, '^arn:[^:]*:s3:[^:]*:[^:]*:([^/]*)', 1))
            WHEN regexp_like(resource.id, '^arn:[^:]*:iam:[^:]*:[^:]*:role/') THEN concat('role/', regexp_extract(resource.id, '([^/]*)$', 1))
            WHEN regexp_like(resource.id, '^arn:[^:]*:iam:[^:]*:[^:]*:user/') THEN concat('user/', regexp_extract(resource.id, '([^/]*)$', 1))
            WHEN regexp_like(resource.id, '^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role/') THEN concat('role/', regexp_extract(resource.id, ':assumed-role/([^/]*)', 1))
            ELSE regexp_extract(resource.id, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.*)$', 1) END AS resource_name,
       CASE WHEN own THEN file END AS place,
       CAST(TRY(from_iso8601_timestamp(updatedat)) AS timestamp(3)) AS time,
       coalesce(archived, false) OR coalesce(workflow IN ('SUPPRESSED', 'RESOLVED'), false) OR coalesce(compliance = 'PASSED', false) AS closed,
       CASE WHEN own THEN CASE rule {reaches} END END AS reach,
       CASE WHEN own AND CASE rule {reaches} END IS NOT NULL THEN description END AS proof,
       CASE WHEN own THEN CASE rule {rule_phases} END ELSE tactic END AS phase{outer_columns}
FROM received
