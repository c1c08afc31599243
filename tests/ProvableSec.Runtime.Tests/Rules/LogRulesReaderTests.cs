using System.Text;

namespace ProvableSec.Runtime.Tests.Rules;

public sealed class LogRulesReaderTests
{
    [Fact]
    public void Rules_are_read_as_they_are_written()
    {
        LogRules rules = Lines.Read(
            """
            {"$schema": "x", "version": 1,
             "rules": [{"id": "a", "when": {"action": ["ALLOW", "BL*"], "not": {"clientIp": "10.0.0.0/8"}}, "then": "drop"},
                       {"id": "b", "when": {"header": {"Host": "x"}, "recordSize": {"atLeast": 10}}, "then": "sample", "oneIn": 100}],
             "otherwise": "keep",
             "redact": [{"field": "header", "except": ["Host"], "by": "remove"}, {"field": "clientIp", "by": "prefix", "length": 16, "lengthV6": 32}],
             "matchDetails": "keep"}
            """);
        Assert.Equal(["a", "b"], rules.Rules.Select(rule => rule.Id));
        Assert.Equal((RuleAction.Sample, 100), (rules.Rules[1].Then, rules.Rules[1].OneIn));
        var header = Assert.IsType<LogCondition.Text>(Assert.IsType<LogCondition.All>(rules.Rules[1].When).Conditions[0]);
        Assert.Equal("host", header.Header);
        Assert.True(rules.Redactions[0].Except);
        Assert.Equal((16, 32), (rules.Redactions[1].Length, rules.Redactions[1].LengthV6));
        Assert.False(rules.RedactMatchDetails);
    }

    [Theory]
    [InlineData("{\"version\":1,\n \"rulez\":[]}", "2:2: \"rulez\" is not a member of a file of rules; expected one of $schema, version, rules, otherwise, redact, matchDetails, unwrap, samplingKey")]
    [InlineData("{}", "1:1: \"version\": 1 is missing")]
    [InlineData("{\"version\":2}", "1:12: version must be a whole number from 1 to 1")]
    [InlineData("[]", "1:1: a file of rules must be an object")]
    [InlineData("{\"version\":1,\"version\":1}", "1:14: \"version\" occurs twice")]
    [InlineData("{\"version\":1,\n\"rules\":[\n{\"id\":\"a\",\"when\":{\"acton\":\"ALLOW\"},\"then\":\"drop\"}]}", "3:19: \"acton\" is not a field of a condition; expected one of action, terminatingRuleId, terminatingRuleType, matchedAction, matchedRule, overriddenAction, label, webaclId, httpSourceName, httpSourceId, clientIp, country, host, uri, args, httpMethod, ja3Fingerprint, ja4Fingerprint, header, requestBodySize, responseCodeSent, recordSize, any, all, not")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"then\":\"drop\"}]}", "1:23: \"when\" is missing")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{},\"then\":\"sample\"}]}", "1:23: \"oneIn\" is missing: of how many records one is kept")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{},\"then\":\"drop\",\"oneIn\":5}]}", "1:23: \"oneIn\" is for \"then\": \"sample\" only")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"otherwise\",\"when\":{},\"then\":\"drop\"}]}",
        "1:29: \"otherwise\" is the id of another rule, or of what is done otherwise")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"clientIp\":\"10.0.0.0/33\"},\"then\":\"drop\"}]}", "1:52: \"10.0.0.0/33\" is not an address or a range such as 192.0.2.0/24 or 2001:db8::/32")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"action\":[]},\"then\":\"drop\"}]}",
        "1:50: action must be a string or an array of at least one string")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"any\":[]},\"then\":\"drop\"}]}", "1:47: any must be an array of at least one condition")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"header\",\"by\":\"mask\"}]}", "1:24: header has \"names\", or \"except\" for all but some")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"names\":\"a\",\"by\":\"mask\"}]}", "1:24: uri has no names")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"prefix\"}]}", "1:44: prefix is for addresses: clientIp, or a header that holds one")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"truncate\"}]}", "1:24: \"length\" is missing: how many characters stay")]
    [InlineData("{\"version\":1,", "1:13: this is not JSON: ")]
    [InlineData("", "1:1: this is not JSON: ")]
    [InlineData("{\"version\":1,\"otherwise\":\"\\ud800\"}", "1:1: this is not JSON: a string that is not text")]
    [InlineData("{\"version\":1,\"unwrap\":5}", "1:23: unwrap must be a string or an array of at least one string")]
    [InlineData("{\"version\":1,\"unwrap\":\"httpRequest\"}", "1:23: \"httpRequest\" is not the name of a member below which a whole record stands, such as \"message\"")]
    [InlineData("{\"version\":1,\"samplingKey\":\"short\"}", "1:28: samplingKey must have at least 16 bytes: it is a secret that clients must not guess")]
    [InlineData("{\"RedactedFields\":{\"SingleHeader\":{\"Name\":\"cookie\"}}}", "1:19: RedactedFields must be an array")]
    public void A_mistake_is_told_with_its_place(string text, string problem)
    {
        LogRulesReading reading = LogRulesReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(reading.Rules);
        Assert.StartsWith(problem, reading.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"action\":\"COUNT\"", "10: action \"COUNT\" matches no record: COUNT does not end the evaluation; write \"matchedAction\": \"COUNT\"")]
    [InlineData("\"action\":\"EXCLUDED*\"", "10: action \"EXCLUDED*\" matches no record: COUNT does not end the evaluation; write \"matchedAction\": \"EXCLUDED_AS_COUNT\"")]
    [InlineData("\"action\":\"Count\"", "10: action \"Count\" matches no record: COUNT does not end the evaluation; write \"matchedAction\": \"COUNT\"")]
    [InlineData("\"action\":\"allow\"", "10: action \"allow\" matches no record: AWS WAF writes \"ALLOW\"")]
    [InlineData("\"action\":[\"ALLOW\",\"DENY\"]", "19: action \"DENY\" matches no record: AWS WAF writes one of ALLOW, BLOCK, CAPTCHA, CHALLENGE")]
    [InlineData("\"not\":{\"action\":\"Block\"}", "17: action \"Block\" matches no record: AWS WAF writes \"BLOCK\"")]
    [InlineData("\"any\":[{\"matchedAction\":\"count\"}]", "25: matchedAction \"count\" matches no record: AWS WAF writes \"COUNT\"")]
    [InlineData("\"overriddenAction\":\"NONE\"", "20: overriddenAction \"NONE\" matches no record: AWS WAF writes one of ALLOW, BLOCK, CAPTCHA, CHALLENGE, COUNT")]
    [InlineData("\"terminatingRuleType\":\"Rate_Based\"", "23: terminatingRuleType \"Rate_Based\" matches no record: AWS WAF writes \"RATE_BASED\"")]
    [InlineData("\"country\":\"Germany\"", "11: country \"Germany\" matches no record: AWS WAF writes codes of two letters (ISO 3166), such as \"DE\"")]
    [InlineData("\"country\":\"de\"", "11: country \"de\" matches no record: AWS WAF writes \"DE\"")]
    [InlineData("\"country\":\"UK\"", "11: country \"UK\" matches no record: the code of the United Kingdom is \"GB\"")]
    [InlineData("\"country\":\"DEU\"", "11: country \"DEU\" matches no record")]
    [InlineData("\"httpSourceName\":\"alb\"", "18: httpSourceName \"alb\" matches no record: AWS WAF writes \"ALB\"")]
    [InlineData("\"uri\":\"/search?q=*\"", "7: uri \"/search?q=*\" matches no record: uri is the path alone; what follows the \"?\" is in args")]
    [InlineData("\"host\":\"https://a.example\"", "8: host \"https://a.example\" matches no record")]
    [InlineData("\"header\":{\"x-*\":\"a\"}", "11: \"x-*\" is not the name of a header; there are no wildcards in it")]
    [InlineData("\"header\":{\"referer:\":\"a\"}", "11: \"referer:\" is not the name of a header")]
    [InlineData("\"requestBodySize\":{\"atLeast\":10,\"below\":10}", "19: requestBodySize matches no record: no number is at least 10 and below 10")]
    public void A_rule_that_no_record_can_meet_is_a_mistake(string condition, string problem)
    {
        LogRulesReading reading =
            LogRulesReader.Read(Encoding.UTF8.GetBytes($"{{\"version\":1,\"rules\":[{{\"id\":\"r\",\"then\":\"drop\",\"when\":{{\n{condition}}}}}]}}"));
        Assert.Null(reading.Rules);
        Assert.StartsWith("2:" + problem, reading.Problems.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"action\":[\"*\",\"B*\",\"C*\",\"ALLOW\"]")]
    [InlineData("\"matchedAction\":[\"\",\"COUNT\",\"EXCLUDED_*\",\"ALLOW\"]")]
    [InlineData("\"country\":[\"DE\",\"-\",\"G*\",\"XK\"]")]
    [InlineData("\"httpSourceName\":[\"CF\",\"SOMETHING_NEW\"]")]
    [InlineData("\"uri\":\"*\",\"args\":\"a=?\"")]
    [InlineData("\"terminatingRuleType\":\"*GROUP\"")]
    [InlineData("\"header\":{\"X-My_Header.1\":\"a?b*\"}")]
    [InlineData("\"host\":[\"a.example:8443\",\"*\"]")]
    public void A_rule_that_records_can_meet_is_read(string condition) =>
        Assert.Empty(
            LogRulesReader.Read(Encoding.UTF8.GetBytes($"{{\"version\":1,\"rules\":[{{\"id\":\"r\",\"then\":\"drop\",\"when\":{{{condition}}}}}]}}")).Problems);

    [Fact]
    public void A_key_is_asked_for_when_a_redaction_needs_one()
    {
        LogRules rules = Lines.Read("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"hmac\"}]}");
        Assert.True(rules.NeedsKey);
        Assert.Throws<ArgumentException>(() => new LogFilter(rules));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_rules() => Assert.Empty(LogRulesReader.Read("\uFEFF{\"version\":1}"u8).Problems);
}
