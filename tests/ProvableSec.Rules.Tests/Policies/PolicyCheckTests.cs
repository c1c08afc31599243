using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>Each check against the documents of its file in <c>Cases</c>.</summary>
public sealed class PolicyCheckTests
{
    public static TheoryData<string> Codes() => [.. PolicyChecks.Rules.Select(PolicyCase.NameOf)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Triggers(string code)
    {
        Rule rule = Find(code);
        PolicyCase[] cases = PolicyCase.Of(rule).Triggers;
        Assert.NotEmpty(cases);
        foreach (PolicyCase document in cases)
        {
            PolicyFinding[] found = [.. document.Findings().Where(finding => finding.Rule == rule)];
            Assert.Equal([document.At], found.Select(finding => finding.Pointer));
            if (code != "JSON_SYNTAX_ERROR")
            {
                AssertSpanIsOfAToken(document.Text, found[0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Near_misses_do_not_trigger(string code)
    {
        Rule rule = Find(code);
        PolicyCase[] cases = PolicyCase.Of(rule).NearMisses;
        Assert.NotEmpty(cases);
        Assert.All(cases, document => Assert.DoesNotContain(document.Findings(), finding => finding.Rule == rule));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Unknown_text_in_the_offending_value_is_not_held_against_it(string code)
    {
        // What a template does not say may be right; only findings about what is said may remain.
        // A service whose name is not known is a service all the same, and works for every customer.
        foreach (PolicyCase document in PolicyCase.Of(Find(code)).Triggers
            .Where(_ => code is not ("JSON_SYNTAX_ERROR" or "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL")))
        {
            JsonItem value = At(JsonTreeReader.Read(new DocumentText(document.Text)).Root, document.At!);
            if (value.Kind == JsonKind.String)
            {
                string marked = document.Text[..value.Span.Start] + '"' + UnknownText.Mark + '"' + document.Text[value.Span.End..];
                Assert.DoesNotContain(
                    PolicyChecks.Check(new DocumentText(marked), document.Context, TestContext.Current.CancellationToken),
                    finding => finding.Pointer == document.At && PolicyCase.NameOf(finding.Rule) == code
                        && marked.Substring(finding.Span.Start, finding.Span.Length).Contains(UnknownText.Mark));
            }
        }
    }

    [Fact]
    public void What_NotAction_may_leave_out_is_not_privilege_escalation()
    {
        string policy = $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "{{UnknownText.Mark}}", "Resource": "*"}]}""";
        Assert.DoesNotContain(PolicyChecks.Check(new DocumentText(policy), new PolicyContext(ProvableSec.Policy.Model.PolicyType.Identity),
            TestContext.Current.CancellationToken), finding => finding.Rule.Id == "PSEC2003");
    }

    [Fact]
    public void Each_case_file_is_of_a_rule() =>
        Assert.Equal(PolicyChecks.Rules.Select(rule => PolicyCase.NameOf(rule) + ".json").Order(StringComparer.Ordinal),
            Directory.GetFiles(PolicyCase.Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Fact]
    public void A_text_that_is_no_JSON_has_no_other_findings()
    {
        IReadOnlyList<PolicyFinding> found = PolicyChecks.Check(new DocumentText("""{"Statement": [{"Effect": "allow", "Action": "s3:Nothing", "Resou"""),
            new PolicyContext(ProvableSec.Policy.Model.PolicyType.Identity), TestContext.Current.CancellationToken);
        Assert.NotEmpty(found);
        Assert.All(found, finding => Assert.Equal("JSON_SYNTAX_ERROR", finding.Rule.AccessAnalyzer));
    }

    [Theory]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "a*c", true)]
    [InlineData("a?c", "a*c", false)]
    [InlineData("*", "", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b", "ab*", false)]
    public void Covering(string pattern, string text, bool covers) => Assert.Equal(covers, GlobText.Covers(pattern, text, foldCase: false));

    [Theory]
    [InlineData("a*", "*b", true)]
    [InlineData("a*c", "abd", false)]
    [InlineData("", "*", true)]
    [InlineData("?", "", false)]
    [InlineData("table/${aws:username}", "table/${TableName}/index/${IndexName}", true)]
    [InlineData("a*x*", "ab*yz", true)]
    [InlineData("jobs", "table/${TableName}", false)]
    public void Overlapping(string a, string b, bool overlap)
    {
        Assert.Equal(overlap, GlobText.Overlap(a, b));
        Assert.Equal(overlap, GlobText.Overlap(b, a));
    }

    /// <summary>A policy is an object that an editor understands; it is a text only where it is not JSON, or is written in another way than usual.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_case_is_a_text_only_where_it_has_to_be(string code)
    {
        (PolicyCase[] triggers, PolicyCase[] nearMisses) = PolicyCase.Of(Find(code));
        Assert.DoesNotContain(triggers.Concat(nearMisses), document => document.IsNeedlesslyText);
    }

    private static Rule Find(string code) => PolicyChecks.Rules.Single(rule => PolicyCase.NameOf(rule) == code);

    /// <summary>The characters are a whole value or a name with its quotes.</summary>
    private static void AssertSpanIsOfAToken(string text, PolicyFinding finding)
    {
        string characters = text.Substring(finding.Span.Start, finding.Span.Length);
        Assert.Contains(characters[0], "\"{[0123456789tfn-");
        Assert.Empty(JsonTreeReader.Read(new DocumentText(characters)).Problems);
    }

    private static JsonItem At(JsonItem root, string pointer)
    {
        foreach (string step in pointer.Split('/').Skip(1).Select(step => step.Replace("~1", "/").Replace("~0", "~")))
        {
            JsonItem next = root;
            if (!root.TryGetProperty(step, out next) && int.TryParse(step, out int index))
            {
                foreach (JsonItem item in root.Elements())
                {
                    if (index-- == 0)
                    {
                        next = item;
                    }
                }
            }

            root = next;
        }

        return root;
    }
}
