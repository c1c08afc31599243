SELECT id, time, severity, account, region, resource, count, title
FROM guardduty_by_type
WHERE finding_type = 'Recon%3AEC2%2FPortProbeUnprotectedPort' AND year = '{first}' AND month = '01'
ORDER BY time DESC
LIMIT 50
