using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProvableSec.Analytics.Tests;

/// <summary>Log records of AWS WAF, made up so that what a report must say of them can be counted.</summary>
internal static class WafLog
{
    /// <summary>What must not run, wherever it stands.</summary>
    public const string Script = "\"'><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static JsonObject Record(int index, string action = "ALLOW", string address = "192.0.2.1", string country = "US", string uri = "/",
        string rule = "Default_Action", params (string Name, string Value)[] headers) => new()
        {
            ["timestamp"] = Start.AddMinutes(index).ToUnixTimeMilliseconds(),
            ["formatVersion"] = 1,
            ["webaclId"] = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/5933d6d9",
            ["terminatingRuleId"] = rule,
            ["terminatingRuleType"] = "REGULAR",
            ["action"] = action,
            ["httpSourceName"] = "ALB",
            ["httpSourceId"] = "111122223333-app/shop/0123",
            ["ruleGroupList"] = new JsonArray(),
            ["nonTerminatingMatchingRules"] = new JsonArray(),
            ["httpRequest"] = new JsonObject
            {
                ["clientIp"] = address,
                ["country"] = country,
                ["headers"] = new JsonArray([.. headers.Select(header => new JsonObject { ["name"] = header.Name, ["value"] = header.Value })]),
                ["uri"] = uri,
                ["args"] = "",
                ["httpVersion"] = "HTTP/2.0",
                ["httpMethod"] = "GET",
                ["requestId"] = "r" + index.ToString(CultureInfo.InvariantCulture),
            },
        };

    /// <summary>Some hundred records of several clients, countries, rules and days; hostile ones among them.</summary>
    public static IReadOnlyList<JsonObject> Mixed()
    {
        var random = RandomRun.Random(27);
        string[] countries = ["US", "DE", "JP", "SG", "-"], uris = ["/", "/login", "/" + Script, "/search"], agents = ["curl/8.0", "Mozilla/5.0", Script];
        return
        [
            .. Enumerable.Range(0, 400).Select(i => Record(
                i * 7,
                random.Next(4) == 0 ? "BLOCK" : "ALLOW",
                $"198.51.100.{random.Next(20)}",
                countries[random.Next(countries.Length)],
                uris[random.Next(uris.Length)],
                random.Next(3) == 0 ? Script : "block-bots",
                ("HOST", "shop.example"),
                ("user-Agent", agents[random.Next(agents.Length)]))),
        ];
    }

    public static string Lines(IEnumerable<JsonObject> records) => string.Concat(records.Select(record => record.ToJsonString(Options) + "\n"));

    private static JsonSerializerOptions Options { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
