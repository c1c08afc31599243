SELECT count(*) AS lines
FROM guardduty_log
WHERE detail.id IS NULL
