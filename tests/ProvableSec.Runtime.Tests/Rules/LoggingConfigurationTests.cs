using System.Text;

namespace ProvableSec.Runtime.Tests.Rules;

/// <summary>What AWS WAF itself would do with a record, as far as its documentation says.</summary>
public sealed class LoggingConfigurationTests
{
    private const string Configuration =
        """
        {"LoggingConfiguration": {
          "ResourceArn": "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/w/1",
          "LogDestinationConfigs": ["arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-w"],
          "RedactedFields": [{"SingleHeader": {"Name": "Authorization"}}, {"UriPath": {}}, {"QueryString": {}}, {"Method": {}}],
          "ManagedByFirewallManager": false,
          "LoggingFilter": {"Filters": [
            {"Behavior": "KEEP", "Requirement": "MEETS_ANY", "Conditions": [{"ActionCondition": {"Action": "BLOCK"}}, {"ActionCondition": {"Action": "COUNT"}}]},
            {"Behavior": "KEEP", "Requirement": "MEETS_ALL", "Conditions": [{"LabelNameCondition": {"LabelName": "team:shop"}}, {"ActionCondition": {"Action": "ALLOW"}}]}],
           "DefaultBehavior": "DROP"}}}
        """;

    [Fact]
    public void The_first_filter_that_a_record_meets_decides()
    {
        LogRules rules = Lines.Read(Configuration);
        Assert.Null(Lines.Filter(rules, Lines.Allowed()));
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"")));
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed().Replace("\"nonTerminatingMatchingRules\":[]",
            "\"nonTerminatingMatchingRules\":[{\"action\":\"COUNT\"}]")));
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed(",\"labels\":[{\"name\":\"team:shop\"}]")));
        Assert.Null(Lines.Filter(rules, Lines.Allowed(",\"labels\":[{\"name\":\"team:shops\"}]")));
        Assert.Null(Lines.Filter(rules, Lines.Allowed(",\"labels\":[{\"name\":\"team:shop\"}]").Replace("\"ALLOW\"", "\"CAPTCHA\"")));
    }

    [Fact]
    public void Redacted_fields_are_masked_as_AWS_WAF_masks_them()
    {
        string record = Lines.Allowed("", Lines.Header("authorization", "Basic abc") + "," + Lines.Header("Accept", "*/*"), "/secret", "a=b")
            .Replace("\"ALLOW\"", "\"BLOCK\"");
        Assert.Equal(
            record.Replace("Basic abc", "REDACTED").Replace("/secret", "REDACTED").Replace("a=b", "REDACTED").Replace("\"GET\"", "\"REDACTED\""),
            Lines.Filter(Lines.Read(Configuration), record));
    }

    [Fact]
    public void Excluded_and_overridden_rules_are_excluded_as_count()
    {
        LogRules rules = Lines.Read("{\"Filters\":[{\"Behavior\":\"KEEP\",\"Requirement\":\"MEETS_ALL\",\"Conditions\":[{\"ActionCondition\":{\"Action\":\"EXCLUDED_AS_COUNT\"}}]}],\"DefaultBehavior\":\"DROP\"}");
        Assert.Null(Lines.Filter(rules, Lines.Allowed()));
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed().Replace("\"ruleGroupList\":[]",
            "\"ruleGroupList\":[{\"excludedRules\":[{\"exclusionType\":\"EXCLUDED_AS_COUNT\"}]}]")));
        Assert.NotNull(Lines.Filter(rules, Lines.Allowed().Replace(
            "\"ruleGroupList\":[]", "\"ruleGroupList\":[{\"nonTerminatingMatchingRules\":[{\"action\":\"COUNT\",\"overriddenAction\":\"BLOCK\"}]}]")));
    }

    [Theory]
    [InlineData("{\"Filters\":[]}", "1:1: the behavior, KEEP or DROP, is missing")]
    [InlineData("{\"DefaultBehavior\":\"KEEP\"}", "1:1: \"Filters\" is missing, or no array with something in it")]
    [InlineData("{\"Filters\":[{\"Behavior\":\"KEEP\",\"Requirement\":\"ALL\",\"Conditions\":[{\"ActionCondition\":{\"Action\":\"BLOCK\"}}]}],\"DefaultBehavior\":\"KEEP\"}", "1:46: Requirement must be one of MEETS_ALL, MEETS_ANY")]
    [InlineData("{\"Filters\":[{\"Behavior\":\"KEEP\",\"Requirement\":\"MEETS_ALL\",\"Conditions\":[{\"ActionCondition\":{\"Action\":\"DENY\"}}]}],\"DefaultBehavior\":\"KEEP\"}", "1:101: Action must be one of ALLOW, BLOCK, COUNT, CAPTCHA, CHALLENGE, EXCLUDED_AS_COUNT")]
    [InlineData("{\"RedactedFields\":[{\"Body\":{}}]}", "1:21: \"Body\" is not a member of a redacted field")]
    public void A_mistake_is_told_with_its_place(string text, string problem)
    {
        LogRulesReading reading = LogRulesReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(reading.Rules);
        Assert.StartsWith(problem, reading.Problems[0].ToString(), StringComparison.Ordinal);
    }
}
