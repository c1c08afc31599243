-- title: CAPTCHA and challenge
-- says: Requests that were held, or that carried a token, and why a token was refused.
-- chart: bar label=outcome value=requests
SELECT kind, outcome, sum(weight) AS requests, count(DISTINCT client_ip) AS addresses
FROM (
    SELECT 'CAPTCHA' AS kind, coalesce(captcha_failure, CASE WHEN action = 'CAPTCHA' THEN 'held' ELSE 'passed' END) AS outcome, weight, client_ip
    FROM waf
    WHERE action = 'CAPTCHA' OR captcha_code IS NOT NULL
    UNION ALL
    SELECT 'challenge', coalesce(challenge_failure, CASE WHEN action = 'CHALLENGE' THEN 'held' ELSE 'passed' END), weight, client_ip
    FROM waf
    WHERE action = 'CHALLENGE' OR challenge_code IS NOT NULL
) AS answers
GROUP BY 1, 2
ORDER BY requests DESC, 1, 2
