-- title: Kill chain
-- says: Who can see each phase of an attack, what the findings here show of it, and how many of them are about what is proved to be reachable.
-- chart: bar label=phase value=open_findings
SELECT c.phase, c.provablesec, c.guardduty, c.aws_waf, count(f.finding_key) AS open_findings,
       sum(CASE WHEN f.severity IN ('CRITICAL', 'HIGH') THEN 1 ELSE 0 END) AS critical_or_high,
       sum(CASE WHEN f.proved_reach IS NOT NULL THEN 1 ELSE 0 END) AS with_proved_reach
FROM (
    VALUES
        (1, 'Reconnaissance', '', 'Recon, Discovery', 'bot control, scanners'),
        (2, 'Weaponization', '', '', ''),
        (3, 'Delivery', '', 'InitialAccess', 'rule groups, rate limits'),
        (4, 'Exploitation', 'credentials in code, access from anywhere', 'UnauthorizedAccess, Execution, CredentialAccess', 'injection, known bad inputs'),
        (5, 'Installation', 'privilege escalation', 'Persistence, PrivilegeEscalation, DefenseEvasion', ''),
        (6, 'Command and Control', '', 'Backdoor, Trojan', ''),
        (7, 'Actions on Objectives', 'public and administrator access', 'Exfiltration, Impact, CryptoCurrency', '')
) AS c (place, phase, provablesec, guardduty, aws_waf)
LEFT JOIN findings_ranked AS f ON f.phase = c.phase
GROUP BY c.place, c.phase, c.provablesec, c.guardduty, c.aws_waf
ORDER BY c.place
