namespace ProvableSec.Runtime.Tests.Filtering;

public sealed class ConditionTests
{
    private static readonly string Record = Lines.Allowed(
        ",\"labels\":[{\"name\":\"awswaf:managed:aws:bot-control:bot:verified\"},{\"name\":\"team:shop\"}],\"ja3Fingerprint\":\"abc\",\"ja4Fingerprint\":\"t13d\",\"requestBodySize\":1500,\"responseCodeSent\":405",
        Lines.Header("Host", "Shop.Example.com") + "," + Lines.Header("User-Agent", "curl/8.4") + "," + Lines.Header("user-agent", "second"),
        "/api/orders",
        "id=7&q=\\\"x\\\"",
        "203.0.113.9").Replace("\"nonTerminatingMatchingRules\":[]", "\"nonTerminatingMatchingRules\":[{\"ruleId\":\"count-bots\",\"action\":\"COUNT\",\"overriddenAction\":\"BLOCK\"}]");

    [Theory]
    [InlineData("{\"action\":\"ALLOW\"}")]
    [InlineData("{\"action\":[\"BLOCK\",\"ALLOW\"]}")]
    [InlineData("{\"terminatingRuleId\":\"Default_*\",\"terminatingRuleType\":\"REGULAR\"}")]
    [InlineData("{\"matchedAction\":\"COUNT\",\"matchedRule\":\"*-bots\",\"overriddenAction\":\"BLOCK\"}")]
    [InlineData("{\"label\":\"awswaf:managed:*:bot:*\"}")]
    [InlineData("{\"label\":\"team:shop\"}")]
    [InlineData("{\"webaclId\":\"*:regional/webacl/w/*\",\"httpSourceName\":\"ALB\"}")]
    [InlineData("{\"clientIp\":\"203.0.113.0/24\"}")]
    [InlineData("{\"clientIp\":[\"2001:db8::/32\",\"203.0.113.9\"]}")]
    [InlineData("{\"country\":\"US\",\"httpMethod\":\"GET\",\"uri\":\"/api/*\",\"args\":\"*\\\"x\\\"\"}")]
    [InlineData("{\"host\":\"shop.example.*\"}")]
    [InlineData("{\"header\":{\"USER-AGENT\":\"curl/*\"}}")]
    [InlineData("{\"header\":{\"user-agent\":\"second\"}}")]
    [InlineData("{\"ja3Fingerprint\":\"abc\",\"ja4Fingerprint\":\"t13*\"}")]
    [InlineData("{\"requestBodySize\":{\"atLeast\":1500,\"below\":1501}}")]
    [InlineData("{\"responseCodeSent\":{\"atLeast\":400}}")]
    [InlineData("{\"recordSize\":{\"atLeast\":500,\"below\":5000}}")]
    [InlineData("{\"any\":[{\"action\":\"BLOCK\"},{\"country\":\"US\"}],\"not\":{\"uri\":\"/login\"}}")]
    [InlineData("{}")]
    public void Meets(string condition) => Assert.Null(Drop(condition, Record));

    [Theory]
    [InlineData("{\"action\":\"BLOCK\"}")]
    [InlineData("{\"header\":{\"x-amzn-waf-inserted\":\"*\"}}")]
    [InlineData("{\"action\":\"ALLOW\",\"uri\":\"/login\"}")]
    [InlineData("{\"label\":\"awswaf:managed:*:bot\"}")]
    [InlineData("{\"label\":\"team:shop*x\"}")]
    [InlineData("{\"clientIp\":\"203.0.114.0/24\"}")]
    [InlineData("{\"clientIp\":\"2001:db8::/32\"}")]
    [InlineData("{\"header\":{\"referer\":\"*\"}}")]
    [InlineData("{\"header\":{\"user-agent\":\"CURL/*\"}}")]
    [InlineData("{\"requestBodySize\":{\"below\":1500}}")]
    [InlineData("{\"requestBodySize\":{\"atLeast\":1501}}")]
    [InlineData("{\"not\":{\"country\":\"US\"}}")]
    [InlineData("{\"any\":[{\"action\":\"BLOCK\"},{\"country\":\"DE\"}]}")]
    public void Does_not_meet(string condition) => Assert.Equal(Record, Drop(condition, Record));

    [Fact]
    public void A_field_that_is_not_there_or_null_meets_nothing()
    {
        Assert.NotNull(Drop("{\"uri\":\"*\"}", "{\"httpRequest\":{\"uri\":null}}"));
        Assert.NotNull(Drop("{\"uri\":\"*\"}", "{\"uri\":\"/\"}"));
        Assert.Null(Drop("{\"uri\":\"*\"}", "{\"httpRequest\":{\"uri\":\"\"}}"));
    }

    [Fact]
    public void The_first_rule_that_is_met_decides()
    {
        LogRules rules = Lines.Read(
            "{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"uri\":\"/a*\"},\"then\":\"keep\"},{\"id\":\"b\",\"when\":{\"uri\":\"/*\"},\"then\":\"drop\"}],\"otherwise\":\"drop\"}");
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed(uri: "/ab"), "", out FilterCounts counts));
        Assert.Equal(1, counts.Reasons.Single(reason => reason.Name == "a").KeptRecords);
        Assert.Null(Lines.Filter(rules, Lines.Allowed(uri: "/b"), "", out counts));
        Assert.Equal(1, counts.Reasons.Single(reason => reason.Name == "b").DroppedRecords);
        Assert.Null(Lines.Filter(rules, Lines.Allowed(uri: "x"), "", out counts));
        Assert.Equal(1, counts.Reasons.Single(reason => reason.Name == "otherwise").DroppedRecords);
    }

    private static string? Drop(string condition, string record) =>
        Lines.Filter(Lines.Read($"{{\"version\":1,\"rules\":[{{\"id\":\"r\",\"when\":{condition},\"then\":\"drop\"}}]}}"), record);
}
