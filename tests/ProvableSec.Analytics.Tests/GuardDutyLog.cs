using System.Globalization;

namespace ProvableSec.Analytics.Tests;

/// <summary>Findings of GuardDuty, made up, in the forms in which AWS hands them on.</summary>
internal static class GuardDutyLog
{
    /// <summary>An event of EventBridge.</summary>
    public static string Event(string id, string type, string updated, int count, string service = "", string resource = "", double severity = 2,
        string time = "2026-03-01T12:00:00Z") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"version":"0","id":"event","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"111122223333","time":"{{{time}}}","region":"eu-central-1","resources":[],"detail":{"schemaVersion":"2.0","accountId":"111122223333","region":"eu-central-1","partition":"aws","id":"{{{id}}}","arn":"arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/{{{id}}}","type":"{{{type}}}","resource":{"resourceType":"Instance"{{{resource}}}},"service":{"serviceName":"guardduty","detectorId":"d"{{{service}}},"resourceRole":"TARGET","eventFirstSeen":"2026-02-28T00:00:00Z","eventLastSeen":"{{{updated}}}","archived":false,"count":{{{count}}}},"severity":{{{severity}}},"createdAt":"2026-02-28T00:00:00.000Z","updatedAt":"{{{updated}}}","title":"a title","description":"a description"}}""");

    /// <summary>The details of a port probe.</summary>
    public static string Probe(int port, string name, double longitude, double latitude) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"localPortDetails":{"port":{{{port}}},"portName":"{{{name}}}"},"remoteIpDetails":{"ipAddressV4":"198.51.100.7","organization":{"asn":"1","org":"o"},"country":{"countryName":"Sweden"},"city":{"cityName":"Lund"},"geoLocation":{"lon":{{{longitude}}},"lat":{{{latitude}}} } } }""");

    public static string ProbeAction(params string[] probes) => $$$""","action":{"actionType":"PORT_PROBE","portProbeAction":{"blocked":false,"portProbeDetails":[{{{string.Join(',', probes)}}}]}}""";

    public const string ProbeType = "Recon:EC2/PortProbeUnprotectedPort";

    public static string Instance(string id) => $$$""","instanceDetails":{"instanceId":"{{{id}}}","instanceType":"t3.micro","tags":[{"key":"Name","value":"x"}]}""";

    public static IEnumerable<string> PortProbes(int count) => Enumerable.Range(1, count)
        .Select(i => Event("f" + i, ProbeType, "2026-03-01T00:00:00.000Z", i, ProbeAction(Probe(22, "SSH", 13 + i, 55.5)), Instance("i-" + i)));
}
