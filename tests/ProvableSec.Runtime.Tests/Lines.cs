using System.Text;

namespace ProvableSec.Runtime.Tests;

/// <summary>Runs records through a filter.</summary>
internal static class Lines
{
    /// <summary>A record that the default rules drop, with something put into it.</summary>
    public static string Allowed(string more = "", string headers = "", string uri = "/", string args = "", string clientIp = "198.51.100.7") =>
        "{\"timestamp\":1767225600000,\"formatVersion\":1,\"webaclId\":\"arn:aws:wafv2:us-east-1:111122223333:regional/webacl/w/1\","
        + "\"terminatingRuleId\":\"Default_Action\",\"terminatingRuleType\":\"REGULAR\",\"action\":\"ALLOW\",\"httpSourceName\":\"ALB\","
        + "\"ruleGroupList\":[],\"nonTerminatingMatchingRules\":[],\"httpRequest\":{\"clientIp\":\"" + clientIp + "\",\"country\":\"US\",\"headers\":["
        + headers + "],\"uri\":\"" + uri + "\",\"args\":\"" + args + "\",\"httpMethod\":\"GET\",\"requestId\":\"r-1\"}" + more + "}";

    public static string Header(string name, string value) => $"{{\"name\":\"{name}\",\"value\":\"{value}\"}}";

    public static LogRules Read(string rules)
    {
        LogRulesReading reading = LogRulesReader.Read(Encoding.UTF8.GetBytes(rules));
        Assert.Empty(reading.Problems);
        return reading.Rules!;
    }

    /// <summary>What a filter makes of one record; null when it is dropped.</summary>
    public static string? Filter(LogRules rules, string record, string key = "a key of the user's") => Filter(rules, record, key, out _);

    public static string? Filter(LogRules rules, string record, string key, out FilterCounts counts)
    {
        var output = new ByteBuffer();
        LogFilterSession session = new LogFilter(rules, Encoding.UTF8.GetBytes(key)).CreateSession();
        FilterVerdict verdict = session.Filter(Encoding.UTF8.GetBytes(record), output);
        counts = session.Counts;
        Assert.True(verdict != FilterVerdict.Dropped || output.Length == 0);
        return verdict == FilterVerdict.Dropped ? null : Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>What redactions make of a record.</summary>
    public static string Redact(string redactions, string record, string more = "") =>
        Filter(Read($"{{\"version\":1,\"redact\":[{redactions}]{more}}}"), record) ?? throw new InvalidOperationException("the record was dropped");
}
