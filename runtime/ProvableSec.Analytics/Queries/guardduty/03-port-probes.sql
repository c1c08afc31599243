-- title: Port probes: where from
-- says: Port probes by the place they came from; a point is as large as the highest count of a finding, its color is the local port.
-- chart: points lon=longitude lat=latitude size=max_count color=localportname
SELECT longitude, latitude, country, city, localport, localportname, max(count) AS max_count, count(DISTINCT id) AS findings
FROM port_probe_geo
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY max_count DESC, country, city, localport
LIMIT 500
