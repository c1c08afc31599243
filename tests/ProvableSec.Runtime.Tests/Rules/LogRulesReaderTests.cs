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
    [InlineData("{\"version\":1,\n \"rulez\":[]}", "2:2: \"rulez\" is no member of a file of rules; expected one of $schema, version, rules, otherwise, redact, matchDetails")]
    [InlineData("{}", "1:1: \"version\": 1 is missing")]
    [InlineData("{\"version\":2}", "1:12: version must be a whole number from 1 to 1")]
    [InlineData("[]", "1:1: a file of rules must be an object")]
    [InlineData("{\"version\":1,\"version\":1}", "1:14: \"version\" occurs twice")]
    [InlineData("{\"version\":1,\n\"rules\":[\n{\"id\":\"a\",\"when\":{\"acton\":\"ALLOW\"},\"then\":\"drop\"}]}", "3:19: \"acton\" is no field of a condition; expected one of action, terminatingRuleId, terminatingRuleType, matchedAction, matchedRule, overriddenAction, label, webaclId, httpSourceName, httpSourceId, clientIp, country, host, uri, args, httpMethod, ja3Fingerprint, ja4Fingerprint, header, requestBodySize, responseCodeSent, recordSize, any, all, not")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"then\":\"drop\"}]}", "1:23: \"when\" is missing")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{},\"then\":\"sample\"}]}", "1:23: \"oneIn\" is missing: of how many records one is kept")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{},\"then\":\"drop\",\"oneIn\":5}]}", "1:23: \"oneIn\" is for \"then\": \"sample\" only")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"otherwise\",\"when\":{},\"then\":\"drop\"}]}", "1:29: \"otherwise\" is the id of another rule, or of what is done otherwise")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"clientIp\":\"10.0.0.0/33\"},\"then\":\"drop\"}]}", "1:52: \"10.0.0.0/33\" is no address and no range such as 192.0.2.0/24 or 2001:db8::/32")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"action\":[]},\"then\":\"drop\"}]}", "1:50: action must be a string or an array of at least one string")]
    [InlineData("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"any\":[]},\"then\":\"drop\"}]}", "1:47: any must be an array of at least one condition")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"header\",\"by\":\"mask\"}]}", "1:24: header has \"names\", or \"except\" for all but some")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"names\":\"a\",\"by\":\"mask\"}]}", "1:24: uri has no names")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"prefix\"}]}", "1:44: prefix is for addresses: clientIp, or a header that holds one")]
    [InlineData("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"truncate\"}]}", "1:24: \"length\" is missing: how many characters stay")]
    [InlineData("{\"version\":1,", "1:13: this is no JSON: ")]
    [InlineData("", "1:1: this is no JSON: ")]
    [InlineData("{\"version\":1,\"otherwise\":\"\\ud800\"}", "1:1: this is no JSON: a string that is no text")]
    public void A_mistake_is_told_with_its_place(string text, string problem)
    {
        LogRulesReading reading = LogRulesReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(reading.Rules);
        Assert.StartsWith(problem, reading.Problems[0].ToString(), StringComparison.Ordinal);
    }

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
