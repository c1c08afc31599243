SELECT count(*) AS lines
FROM findings_log
WHERE detail.findings IS NULL
