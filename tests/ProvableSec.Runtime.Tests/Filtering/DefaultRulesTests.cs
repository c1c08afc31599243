namespace ProvableSec.Runtime.Tests.Filtering;

/// <summary>The default rules drop what the default action allowed and no rule matched. Nobody's text in a request can make them drop anything else.</summary>
public sealed class DefaultRulesTests
{
    [Fact]
    public void What_the_default_action_allowed_and_no_rule_matched_is_dropped() => Assert.Null(Filter(Lines.Allowed()));

    [Fact]
    public void White_space_and_the_order_of_members_do_not_matter() =>
        Assert.Null(Filter("\t{ \"action\" : \"ALLOW\" ,\r \"labels\": [ ], \"terminatingRuleId\": \"Default_Action\" } "));

    [Fact]
    public void Escaped_spellings_of_names_and_values_are_the_same() =>
        Assert.Null(Filter("{\"act\\u0069on\":\"\\u0041LLOW\",\"terminatingRuleId\":\"Default\\u005fAction\"}"));

    public static TheoryData<string, string> Kept() => new()
    {
        { "blocked, and the text is in a header", Blocked(Lines.Header("User-Agent", "Default_Action")) },
        { "blocked, and the text is in a header as a member",
            Blocked(Lines.Header("User-Agent", "\\\"terminatingRuleId\\\":\\\"Default_Action\\\",\\\"action\\\":\\\"ALLOW\\\"")) },
        { "blocked, and the text is in the URI", Blocked("", "/Default_Action") },
        { "blocked, and the text is in the URI, escaped", Blocked("", "/Default\\u005fAction") },
        { "blocked by the default action", Lines.Allowed().Replace("\"ALLOW\"", "\"BLOCK\"") },
        { "blocked by the default action, escaped", Lines.Allowed().Replace("\"ALLOW\"", "\"\\u0042LOCK\"") },
        { "CAPTCHA", Lines.Allowed().Replace("\"ALLOW\"", "\"CAPTCHA\"") },
        { "allowed by a rule", Lines.Allowed().Replace("Default_Action", "allow-list") },
        { "counted", Counted("[{\"ruleId\":\"r\",\"action\":\"COUNT\"}]") },
        { "solved a CAPTCHA", Counted("[{\"ruleId\":\"r\",\"action\":\"CAPTCHA\"}]") },
        { "a match that tells no action", Counted("[{\"ruleId\":\"r\"}]") },
        { "a match that is not an object", Counted("[null]") },
        { "matches that are not an array", Counted("\"r\"") },
        { "counted in a group", Grouped("{\"nonTerminatingMatchingRules\":[{\"ruleId\":\"r\",\"action\":\"COUNT\"}]}") },
        { "excluded in a group", Grouped("{\"excludedRules\":[{\"exclusionType\":\"EXCLUDED_AS_COUNT\",\"ruleId\":\"r\"}]}") },
        { "the group's own block, overridden", Grouped("{\"terminatingRule\":{\"ruleId\":\"r\",\"action\":\"BLOCK\"}}") },
        { "a group that is not an object", Grouped("\"g\"") },
        { "no action", Lines.Allowed().Replace("\"action\":\"ALLOW\",", "") },
        { "an action that is not a string", Lines.Allowed().Replace("\"ALLOW\"", "[\"ALLOW\"]") },
        { "the default action's name inside a group only", Blocked("")
            .Replace("\"ruleGroupList\":[]", "\"ruleGroupList\":[{\"terminatingRuleId\":\"Default_Action\",\"action\":\"ALLOW\"}]") },
        { "action twice", Lines.Allowed(",\"action\":\"BLOCK\"") },
        { "action twice, once escaped", Lines.Allowed(",\"\\u0061ction\":\"BLOCK\"") },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void Everything_else_is_kept_byte_by_byte(string what, string record)
    {
        Assert.NotEmpty(what);
        Assert.Equal(record, Filter(record));
    }

    [Fact]
    public void Matches_that_are_null_or_empty_are_none() =>
        Assert.Null(Filter(Grouped("{\"ruleGroupId\":\"g\",\"terminatingRule\":null,\"nonTerminatingMatchingRules\":[],\"excludedRules\":null}")));

    private static string? Filter(string record) => Lines.Filter(LogRules.Default, record);

    private static string Blocked(string headers, string uri = "/") =>
        Lines.Allowed("", headers, uri).Replace("\"Default_Action\",\"terminatingRuleType\"", "\"block-sqli\",\"terminatingRuleType\"")
            .Replace("\"action\":\"ALLOW\",\"http", "\"action\":\"BLOCK\",\"http");

    private static string Counted(string matches) => Lines.Allowed().Replace("\"nonTerminatingMatchingRules\":[]", "\"nonTerminatingMatchingRules\":"
        + matches);

    private static string Grouped(string group) => Lines.Allowed().Replace("\"ruleGroupList\":[]", $"\"ruleGroupList\":[{group}]");
}
