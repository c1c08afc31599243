using System.Globalization;

namespace ProvableSec.Tests.Workloads;

/// <summary>Findings of GuardDuty as events of EventBridge, made up.</summary>
public static class GuardDutyEvent
{
    private static readonly string[] Types =
        ["Recon:EC2/PortProbeUnprotectedPort", "UnauthorizedAccess:EC2/SSHBruteForce", "Discovery:IAMUser/AnomalousBehavior",
            "CryptoCurrency:EC2/BitcoinTool.B!DNS", "Exfiltration:S3/AnomalousBehavior"];

    /// <summary>Writes this many to a file, one a line.</summary>
    public static void Write(string file, int count)
    {
        var random = new Random(20260102);
        DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var lines = new StreamWriter(file) { NewLine = "\n" };
        for (int i = 0; i < count; i++)
        {
            string type = Types[random.Next(Types.Length)], time = start.AddSeconds(i * 3).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            string address = $$$"""{"ipAddressV4":"203.0.113.{{{random.Next(256)}}}","organization":{"asn":"64500","asnOrg":"Example","isp":"Example","org":"Example"},"country":{"countryName":"Sweden"},"city":{"cityName":"Lund"},"geoLocation":{"lon":13.2,"lat":55.7} }""";
            lines.WriteLine(
                $$$"""{"version":"0","id":"{{{i:x8}}}","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"111122223333","time":"{{{time}}}","region":"eu-central-1","resources":[],"detail":{"schemaVersion":"2.0","accountId":"111122223333","region":"eu-central-1","partition":"aws","id":"{{{random.NextInt64():x16}}}{{{i:x16}}}","arn":"arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/{{{i:x16}}}","type":"{{{type}}}","resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-{{{random.Next(500):x17}}}","instanceType":"t3.medium","launchTime":"2025-12-01T00:00:00Z","availabilityZone":"eu-central-1a","imageId":"ami-0123456789abcdef0","tags":[{"key":"Name","value":"web"},{"key":"team","value":"shop"}],"networkInterfaces":[{"networkInterfaceId":"eni-1","privateIpAddress":"10.0.0.1","subnetId":"subnet-1","vpcId":"vpc-1","securityGroups":[{"groupName":"web","groupId":"sg-1"}]}]}},"service":{"serviceName":"guardduty","detectorId":"d","action":{"actionType":"PORT_PROBE","portProbeAction":{"blocked":false,"portProbeDetails":[{"localPortDetails":{"port":22,"portName":"SSH"},"remoteIpDetails":{{{address}}} }] } },"resourceRole":"TARGET","eventFirstSeen":"{{{time}}}","eventLastSeen":"{{{time}}}","archived":false,"count":{{{random.Next(1, 500)}}} },"severity":{{{random.Next(1, 9)}}},"createdAt":"{{{time}}}","updatedAt":"{{{time}}}","title":"made up","description":"made up"} }""");
        }
    }
}
