-- What the queries ask: guardduty, a row an update that was met (the same update met twice is one); guardduty_findings, the latest update of each finding.
CREATE {stored view} guardduty_updates AS
SELECT id, type, severity, account, region, time, created, updated, first_seen, last_seen, count, archived, title, description, arn, resource_type, resource,
       instance_id, instance_type, resource_role, action_type, api, remote_ip, remote_country, remote_city, remote_organization, domain, port_probes
FROM (
    SELECT *, row_number() OVER (PARTITION BY id, coalesce(updated, time) ORDER BY time) AS copy_number
    FROM guardduty
) AS copies
WHERE copy_number = 1;

CREATE {stored view} guardduty_findings AS
SELECT f.*,
       CASE WHEN severity >= 9 THEN 'CRITICAL' WHEN severity >= 7 THEN 'HIGH' WHEN severity >= 4 THEN 'MEDIUM' WHEN severity >= 1 THEN 'LOW' ELSE 'unknown' END AS severity_label,
       CASE
           WHEN strpos(type, ':') > 0 AND strpos(type, ':') < 25 THEN substr(type, 1, strpos(type, ':') - 1)
           ELSE 'unknown'
       END AS purpose
FROM (
    SELECT *, row_number() OVER (
               PARTITION BY id
               ORDER BY ROW(coalesce(updated, TIMESTAMP '1970-01-01 00:00:00'), coalesce(time, TIMESTAMP '1970-01-01 00:00:00'), coalesce(count, 0)) DESC) AS age
    FROM guardduty
) AS f
WHERE f.age = 1;

CREATE VIEW guardduty_tactics AS
SELECT f.*, coalesce(t.tactic, 'none that is known') AS tactic, coalesce(t.phase, 'none that is known') AS phase
FROM guardduty_findings AS f
LEFT JOIN (
    VALUES
        ('Recon', 'Reconnaissance (TA0043)', 'Reconnaissance'),
        ('Discovery', 'Discovery (TA0007)', 'Reconnaissance'),
        ('InitialAccess', 'Initial Access (TA0001)', 'Delivery'),
        ('UnauthorizedAccess', 'Initial Access (TA0001)', 'Exploitation'),
        ('PenTest', 'Reconnaissance (TA0043)', 'Reconnaissance'),
        ('Execution', 'Execution (TA0002)', 'Exploitation'),
        ('Persistence', 'Persistence (TA0003)', 'Installation'),
        ('PrivilegeEscalation', 'Privilege Escalation (TA0004)', 'Installation'),
        ('DefenseEvasion', 'Defense Evasion (TA0005)', 'Installation'),
        ('Stealth', 'Defense Evasion (TA0005)', 'Installation'),
        ('Policy', 'Defense Evasion (TA0005)', 'Installation'),
        ('CredentialAccess', 'Credential Access (TA0006)', 'Exploitation'),
        ('Backdoor', 'Command and Control (TA0011)', 'Command and Control'),
        ('Trojan', 'Command and Control (TA0011)', 'Command and Control'),
        ('Behavior', 'Command and Control (TA0011)', 'Command and Control'),
        ('Exfiltration', 'Exfiltration (TA0010)', 'Actions on Objectives'),
        ('Impact', 'Impact (TA0040)', 'Actions on Objectives'),
        ('CryptoCurrency', 'Impact (TA0040)', 'Actions on Objectives'),
        ('AttackSequence', 'several: see the finding', 'Actions on Objectives')
) AS t (purpose, tactic, phase) ON t.purpose = f.purpose;

CREATE VIEW port_probe_geo AS
SELECT g.id, g.region, g.time, g.type, g.count,
       TRY_CAST(p.local_port AS BIGINT) AS localport, p.local_port_name AS localportname,
       TRY_CAST(p.longitude AS DOUBLE) AS longitude, TRY_CAST(p.latitude AS DOUBLE) AS latitude, p.country, p.city
FROM {guardduty_updates AS g each port_probes AS p (local_port, local_port_name, ip, country, city, longitude, latitude)}
WHERE g.type = 'Recon:EC2/PortProbeUnprotectedPort';

CREATE VIEW affected_instances AS
SELECT instance_id, time, max(count) AS max_count
FROM guardduty_updates
WHERE instance_id IS NOT NULL
GROUP BY instance_id, time;
