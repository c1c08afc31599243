using System.Globalization;
using System.Text;

namespace ProvableSec.Tests.Workloads;

/// <summary>
/// Log records as AWS WAF writes them, made up: browsers and programs, most of them allowed by the default action, some counted, some blocked.
/// Between 1 and 1.5 KB each; their headers, labels and rules vary in number.
/// </summary>
public static class WafRecord
{
    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
        "okhttp/4.12.0",
    ];

    private static readonly string[] Countries = ["US", "DE", "JP", "BR", "IN", "-"];
    private static readonly string[] Paths = ["/", "/api/v1/orders", "/static/app.min.js", "/login", "/search", "/images/logo.svg"];

    /// <summary>How many of a thousand records a rule ended or counted.</summary>
    private const int Blocked = 50, Counted = 80;

    /// <summary>Writes records until there are this many bytes.</summary>
    public static byte[] Lines(long bytes, out int records)
    {
        var random = new Random(20260101);
        using var lines = new MemoryStream();
        for (records = 0; lines.Length < bytes; records++)
        {
            lines.Write(Encoding.UTF8.GetBytes(Line(random, records)));
        }

        return lines.ToArray();
    }

    private static string Line(Random random, int index)
    {
        int kind = random.Next(1000);
        bool blocked = kind < Blocked, counted = kind is >= Blocked and < Blocked + Counted;
        var text = new StringBuilder(2048);
        text.Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":{1767225600000 + (index * 17L)},\"formatVersion\":1,");
        text.Append("\"webaclId\":\"arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/5933d6d9-9dde-4f2f-ac64-09ab912af590\",");
        text.Append(blocked
            ? "\"terminatingRuleId\":\"AWS-AWSManagedRulesCommonRuleSet\",\"terminatingRuleType\":\"MANAGED_RULE_GROUP\",\"action\":\"BLOCK\","
            : "\"terminatingRuleId\":\"Default_Action\",\"terminatingRuleType\":\"REGULAR\",\"action\":\"ALLOW\",");
        text.Append("\"terminatingRuleMatchDetails\":[],\"httpSourceName\":\"ALB\",\"httpSourceId\":\"111122223333-app/shop/0123456789abcdef\",");
        text.Append("\"ruleGroupList\":[{\"ruleGroupId\":\"AWS#AWSManagedRulesCommonRuleSet\",\"terminatingRule\":");
        text.Append(blocked ? "{\"ruleId\":\"CrossSiteScripting_QUERYARGUMENTS\",\"action\":\"BLOCK\",\"ruleMatchDetails\":null}" : "null");
        text.Append(",\"nonTerminatingMatchingRules\":[],\"excludedRules\":null,\"customerConfig\":null}],\"rateBasedRuleList\":[],\"nonTerminatingMatchingRules\":[");
        text.Append(counted ? "{\"ruleId\":\"count-large-bodies\",\"action\":\"COUNT\",\"ruleMatchDetails\":[]}" : "");
        text.Append(CultureInfo.InvariantCulture, $"],\"requestHeadersInserted\":null,\"responseCodeSent\":null,\"httpRequest\":{{\"clientIp\":\"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}\",\"country\":\"{Pick(random, Countries)}\",\"headers\":[");
        Headers(random, text);
        text.Append(CultureInfo.InvariantCulture, $"],\"uri\":\"{Pick(random, Paths)}\",\"args\":\"{(random.Next(3) == 0 ? $"q={random.Next(100000)}&page={random.Next(20)}" : "")}\",\"httpVersion\":\"HTTP/1.1\",\"httpMethod\":\"GET\",\"requestId\":\"1-{random.NextInt64():x16}-{random.NextInt64():x16}\"}}");
        if (counted)
        {
            text.Append(",\"labels\":[{\"name\":\"awswaf:111122223333:webacl:shop:large\"}]");
        }

        text.Append(CultureInfo.InvariantCulture, $",\"requestBodySize\":{(random.Next(4) == 0 ? random.Next(1, 9000) : 0)},\"requestBodySizeInspectedByWAF\":0}}\n");
        return text.ToString();
    }

    private static void Headers(Random random, StringBuilder text)
    {
        Header(text, "Host", "shop.example.com", first: true);
        string browser = Pick(random, Browsers);
        Header(text, "User-Agent", browser);
        Header(text, "Accept", "*/*");
        Header(text, "Accept-Encoding", "gzip, deflate, br");
        if (browser.Contains("Chrome", StringComparison.Ordinal))
        {
            Header(text, "sec-ch-ua", "\\\"Chromium\\\";v=\\\"124\\\", \\\"Not-A.Brand\\\";v=\\\"99\\\"");
            Header(text, "sec-ch-ua-mobile", "?0");
        }

        if (random.Next(2) == 0)
        {
            Header(text, "Accept-Language", "en-US,en;q=0.9");
        }

        if (random.Next(3) > 0)
        {
            Header(text, "Cookie", string.Create(CultureInfo.InvariantCulture, $"session={random.NextInt64():x16}; theme=dark; cart={random.Next(100000)}"));
        }

        if (random.Next(4) == 0)
        {
            Header(text, "Authorization", string.Create(CultureInfo.InvariantCulture, $"Bearer {random.NextInt64():x16}{random.NextInt64():x16}"));
        }

        if (random.Next(3) == 0)
        {
            Header(text, "Referer", "https://shop.example.com/");
        }
    }

    private static void Header(StringBuilder text, string name, string value, bool first = false) =>
        text.Append(first ? "" : ",").Append("{\"name\":\"").Append(name).Append("\",\"value\":\"").Append(value).Append("\"}");

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
