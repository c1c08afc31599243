using System.Text.Json;
using ProvableSec.Logs.Proofs;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Runtime.Tests.Proofs;

public sealed class FilterProverTests
{
    /// <summary>What the filter by text amounts to: whoever writes those words somewhere has their record dropped.</summary>
    private static readonly LogRules ByText = Rules(
        """{"id":"text","when":{"any":[{"terminatingRuleId":"*Default_Action*"},{"uri":"*Default_Action*"},{"args":"*Default_Action*"},{"header":{"user-agent":"*Default_Action*"}}]},"then":"drop"}""");

    [Fact]
    public void The_default_rules_keep_what_matters()
    {
        Assert.All(FilterProver.All(LogRules.Default), proof => Assert.Equal(Verdict.Holds, proof.Verdict));
        Assert.Equal(3, FilterProver.All(LogRules.Default).Length);
    }

    [Fact]
    public void The_filter_by_text_drops_a_block_and_a_record_shows_it()
    {
        FilterProof proof = FilterProver.KeepsTerminated(ByText);
        Assert.Equal((Verdict.Violated, "text"), (proof.Verdict, proof.Rule));
        Assert.Null(Lines.Filter(ByText, proof.Witness!));
        using JsonDocument witness = JsonDocument.Parse(proof.Witness!);
        Assert.Contains(witness.RootElement.GetProperty("action").GetString(), (string[])["BLOCK", "CAPTCHA", "CHALLENGE"]);
        Assert.Equal("198.51.100.7", witness.RootElement.GetProperty("httpRequest").GetProperty("clientIp").GetString());
        Assert.Equal(Verdict.Violated, FilterProver.KeepsCounted(ByText).Verdict);
    }

    [Theory]
    [InlineData("""{"action":"ALLOW"}""", Verdict.Holds, Verdict.Violated)]
    [InlineData("""{"action":"A*"}""", Verdict.Holds, Verdict.Violated)]
    [InlineData("""{"action":"*C*"}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"not":{"action":["BLOCK","C*"]}}""", Verdict.Holds, Verdict.Violated)]
    [InlineData("""{"not":{"action":["BLOCK","CAPTCHA"]}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"action":"ALLOW","not":{"matchedAction":"COUNT"}}""", Verdict.Holds, Verdict.Violated)]
    [InlineData("""{"action":"ALLOW","not":{"matchedAction":["COUNT","EX*"]}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"matchedRule":"r","not":{"matchedAction":"*"}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"clientIp":"10.0.0.0/8","not":{"clientIp":["10.0.0.0/9","10.128.0.0/9"]}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"clientIp":"10.0.0.0/8","not":{"clientIp":["10.0.0.0/9","10.128.0.0/10"]}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"clientIp":"2001:db8::/32","not":{"clientIp":"2001:db8::/33"}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"requestBodySize":{"atLeast":10},"not":{"requestBodySize":{"atLeast":9}}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"requestBodySize":{"atLeast":10},"not":{"requestBodySize":{"atLeast":11}}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"label":"a:*","not":{"label":"a:b:*"}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"label":"a:b:*","not":{"label":"a:*"}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"header":{"Host":"A.example"},"not":{"host":"a.example"}}""", Verdict.Unknown, Verdict.Unknown)]
    [InlineData("""{"header":{"Host":"a.example"},"not":{"host":"a.*"}}""", Verdict.Holds, Verdict.Holds)]
    [InlineData("""{"host":"a.example","header":{"host":"b"}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"recordSize":{"atLeast":5000,"below":5001}}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"recordSize":{"below":300},"uri":"/"}""", Verdict.Violated, Verdict.Violated)]
    [InlineData("""{"recordSize":{"below":10}}""", Verdict.Unknown, Verdict.Unknown)]
    [InlineData("""{"any":[{"uri":"/a*"},{"country":"US"}],"all":[{"not":{"uri":"/*"}},{"not":{"country":"U*"}}]}""", Verdict.Holds, Verdict.Holds)]
    public void What_a_rule_can_drop(string when, Verdict terminated, Verdict counted)
    {
        LogRules rules = Rules($$"""{"id":"r","when":{{when}},"then":"drop"}""");
        FilterProof first = FilterProver.KeepsTerminated(rules), second = FilterProver.KeepsCounted(rules);
        Assert.Equal((terminated, counted), (first.Verdict, second.Verdict));
        Assert.All(new[] { first, second }.Where(proof => proof.Verdict == Verdict.Violated), proof => Assert.Null(Lines.Filter(rules, proof.Witness!)));
    }

    [Fact]
    public void An_earlier_rule_protects()
    {
        const string Drop = """{"id":"all","when":{},"then":"drop"}""";
        Assert.Equal(Verdict.Violated, FilterProver.KeepsTerminated(Rules(Drop)).Verdict);
        Assert.Equal(Verdict.Holds, FilterProver.KeepsTerminated(Rules("""{"id":"k","when":{"not":{"action":"ALLOW"}},"then":"keep"},""" + Drop)).Verdict);
    }

    [Fact]
    public void A_sample_drops_too()
    {
        LogRules rules = Rules("""{"id":"s","when":{},"then":"sample","oneIn":1000}""");
        FilterProof proof = FilterProver.KeepsTerminated(rules);
        Assert.Equal(Verdict.Violated, proof.Verdict);
        Assert.Null(Lines.Filter(rules, proof.Witness!));
    }

    [Fact]
    public void Filters_are_compared_by_what_they_keep()
    {
        LogRules logging = Lines.Read("""{"Filters":[{"Behavior":"DROP","Requirement":"MEETS_ALL","Conditions":[{"ActionCondition":{"Action":"ALLOW"}}]}],"DefaultBehavior":"KEEP"}""");
        LogRules same = Rules("""{"id":"a","when":{"action":"ALLOW"},"then":"drop"},{"id":"b","when":{"matchedAction":"ALLOW"},"then":"drop"}""");
        Assert.Equal(Verdict.Holds, FilterProver.SameRecords(logging, same).Verdict);
        FilterProof proof = FilterProver.SameRecords(logging, LogRules.Default);
        Assert.Equal(Verdict.Violated, proof.Verdict);
        Assert.NotEqual(Lines.Filter(logging, proof.Witness!) is null, Lines.Filter(LogRules.Default, proof.Witness!) is null);
        LogRules tenth = Rules("""{"id":"s","when":{},"then":"sample","oneIn":10}"""), twentieth = Rules("""{"id":"s","when":{},"then":"sample","oneIn":20}""");
        Assert.Equal(Verdict.Holds, FilterProver.SameRecords(tenth, tenth).Verdict);
        Assert.Equal(Verdict.Violated, FilterProver.SameRecords(tenth, twentieth).Verdict);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Files_that_are_nearly_the_same_are_compared_at_once(int count)
    {
        string Rule(int i, string when) => $"{{\"id\":\"r{i}\",\"when\":{when},\"then\":\"{(i % 2 == 0 ? "drop" : "keep")}\"}}";
        string[] rules =
            [.. Enumerable.Range(0, count).Select(i => Rule(i, $$"""{"uri":"/a{{i}}/*","clientIp":"10.{{i}}.0.0/16","not":{"label":"l{{i}}"} }"""))];
        string[] reordered =
            [.. Enumerable.Range(0, count).Select(i => Rule(i, $$"""{"not":{"label":"l{{i}}"},"clientIp":"10.{{i}}.0.0/16","uri":"/a{{i}}/*"}"""))];
        LogRules all = Rules(string.Join(',', rules));
        FilterProof same = FilterProver.SameRecords(all, Rules(string.Join(',', reordered)));
        Assert.Equal((Verdict.Holds, 0), (same.Verdict, same.Steps));

        // A rule less, one that is narrower, one more that can meet nothing more.
        FilterProof without = FilterProver.SameRecords(all, Rules(string.Join(',', rules[..2].Concat(rules[3..]))));
        Assert.Equal(Verdict.Violated, without.Verdict);
        string[] narrower = [.. rules];
        narrower[2] = Rule(2, """{"uri":"/a2/*","clientIp":"10.2.0.0/17","not":{"label":"l2"}}""");
        Assert.Equal(Verdict.Violated, FilterProver.SameRecords(all, Rules(string.Join(',', narrower))).Verdict);
        FilterProof more =
            FilterProver.SameRecords(all,
            Rules(string.Join(',', rules.Append(Rule(count + 1, """{"uri":"/a2/x","clientIp":"10.2.3.0/24","not":{"label":"l*"}}""")))));
        Assert.Equal(Verdict.Holds, more.Verdict);
    }

    [Fact]
    public void Samples_by_other_keys_are_other_records()
    {
        LogRules Sampled(string key) => Lines.Read($$"""{"version":1,"samplingKey":"{{key}}","rules":[{"id":"s","when":{},"then":"sample","oneIn":10}]}""");
        string one = Guid.NewGuid().ToString("N"), other = Guid.NewGuid().ToString("N");
        Assert.Equal(Verdict.Holds, FilterProver.SameRecords(Sampled(one), Sampled(one)).Verdict);
        Assert.Equal(Verdict.Violated, FilterProver.SameRecords(Sampled(one), Sampled(other)).Verdict);
    }

    [Theory]
    [InlineData("""{"not":{"action":["ALLOW","BLOCK","CAPTCHA","CHALLENGE"]}}""")]
    [InlineData("""{"action":"B*","not":{"action":"BLOCK"}}""")]
    [InlineData("""{"not":{"terminatingRuleType":["R*","*GROUP"]}}""")]
    [InlineData("""{"not":{"uri":"*"}}""")]
    [InlineData("""{"not":{"webaclId":"*"}}""")]
    [InlineData("""{"country":"*","not":{"country":["A*","B*","C*","D*","E*","F*","G*","H*","I*","J*","K*","L*","M*","N*","O*","P*","Q*","R*","S*","T*","U*","V*","W*","X*","Y*","Z*","-"]}}""")]
    [InlineData("""{"matchedAction":"*","all":[{"not":{"matchedAction":["ALLOW","BLOCK","C*","E*",""]}}]}""")]
    [InlineData("""{"overriddenAction":"*C*","not":{"overriddenAction":["BLOCK","C*"]}}""")]
    public void A_rule_that_no_record_of_AWS_WAF_meets_is_not_met(string when) =>
        Assert.Equal(Verdict.Violated, FilterProver.RuleIsMet(Rules($$"""{"id":"r","when":{{when}},"then":"drop"}"""), 0).Verdict);

    [Theory]
    [InlineData("""{"not":{"action":["ALLOW","BLOCK","CAPTCHA"]}}""", "CHALLENGE")]
    [InlineData("""{"not":{"country":["A*","-"]}}""", "\"country\":\"B")]
    [InlineData("""{"matchedAction":"*","not":{"matchedAction":["A*","B*","C*",""]}}""", "EXCLUDED_AS_COUNT")]
    [InlineData("""{"not":{"uri":"/*"}}""", "\"uri\":")]
    public void A_rule_is_met_by_a_record_that_could_occur(string when, string holds)
    {
        FilterProof proof = FilterProver.RuleIsMet(Rules($$"""{"id":"r","when":{{when}},"then":"drop"}"""), 0);
        Assert.Equal(Verdict.Holds, proof.Verdict);
        Assert.Contains(holds, proof.Witness, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_rule_is_named()
    {
        LogRules rules = Rules("""{"id":"wide","when":{"uri":"/api/*"},"then":"keep"},{"id":"dead","when":{"uri":"/api/v1/*"},"then":"drop"},{"id":"alive","when":{"uri":"/*"},"then":"drop"}""");
        Assert.Equal([Verdict.Holds, Verdict.Violated, Verdict.Holds], Enumerable.Range(0, 3).Select(i => FilterProver.RuleIsMet(rules, i).Verdict));
        Assert.Equal("dead", FilterProver.RuleIsMet(rules, 1).Rule);
        Assert.Null(FilterProver.RuleIsMet(rules, 1).Witness);
    }

    [Fact]
    public void Copies_in_match_details_are_left_only_when_asked()
    {
        const string Redact = """{"version":1,"redact":[{"field":"args","by":"mask"}]""";
        Assert.Equal(Verdict.Holds, FilterProver.LeavesNoCopy(Lines.Read(Redact + "}")).Verdict);
        FilterProof proof = FilterProver.LeavesNoCopy(Lines.Read(Redact + ""","matchDetails":"keep"}"""));
        Assert.Equal(Verdict.Violated, proof.Verdict);
        Assert.Contains("matchedData", proof.Witness, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_is_used_up_proves_nothing() => Assert.Equal(Verdict.Unknown, FilterProver.KeepsTerminated(LogRules.Default, budget: 1).Verdict);

    private static LogRules Rules(string rules) => Lines.Read($$"""{"version":1,"rules":[{{rules}}]}""");
}
