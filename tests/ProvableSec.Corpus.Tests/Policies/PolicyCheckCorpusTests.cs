using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Corpus.Tests.Policies;

/// <summary>The checks against the published table of IAM Access Analyzer, and against policies that AWS itself wrote.</summary>
[Trait("Category", "Corpus")]
public sealed class PolicyCheckCorpusTests
{
    [Fact]
    public void Every_published_code_has_its_rule_and_severity()
    {
        string[] table = [.. File.ReadLines(SharedData.Path("data/access-analyzer-checks.tsv")).Skip(1).Select(line => line.Split('\t'))
            .Select(cells => $"{cells[0]} {cells[1] switch
        {
            "ERROR" => RuleSeverity.Error,
            "SUGGESTION" => RuleSeverity.Info,
            _ => RuleSeverity.Warning,
        }}").Order(StringComparer.Ordinal)];
        Assert.Equal(157, table.Length);
        Assert.Equal(table, PolicyChecks.Rules.Where(rule => rule.AccessAnalyzer is not null).Select(rule => $"{rule.AccessAnalyzer} {rule.Severity}")
            .Order(StringComparer.Ordinal));
    }

    /// <summary>Each with its reason, in <c>ExplainedErrors.tsv</c>.</summary>
    [Fact]
    public void Errors_in_managed_policies_are_explained_one_by_one()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonItem line in PolicyCorpusTests.Lines("data/aws-managed-policies.ndjson"))
        {
            Assert.True(line.TryGetProperty("document", out JsonItem document));
            Assert.True(line.TryGetProperty("name", out JsonItem name));
            string text = document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length);
            foreach (PolicyFinding finding in PolicyChecks.Check(new DocumentText(text, name.Text), new PolicyContext(PolicyType.Identity),
                TestContext.Current.CancellationToken))
            {
                if (finding.Severity == RuleSeverity.Error)
                {
                    seen.Add($"{finding.Rule.AccessAnalyzer}\t{finding.Message}");
                }
            }
        }

        string[][] explained = [.. File.ReadLines(Repository.Path("tests/ProvableSec.Corpus.Tests/Policies/ExplainedErrors.tsv"))
            .Select(line => line.Split('\t'))];
        Assert.All(explained, cells => Assert.True(cells.Length == 3 && cells[2].Length > 0));
        Assert.Equal(explained.Select(cells => $"{cells[0]}\t{cells[1]}"), seen);
    }

    [Fact]
    public void Each_published_way_to_more_access_is_found_in_a_policy_that_opens_it()
    {
        int paths = 0;
        var missed = new List<string>();
        foreach (JsonItem line in PolicyCorpusTests.Lines("data/privesc-paths.ndjson"))
        {
            Assert.True(line.TryGetProperty("permissions", out JsonItem permissions));
            Assert.True(permissions.TryGetProperty("required", out JsonItem required));
            var actions = new List<string>();
            foreach (JsonItem permission in required.Elements())
            {
                actions.Add(permission.TryGetProperty("permission", out JsonItem named) ? named.Text : permission.Text);
            }

            string policy = $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["{{string.Join("\", \"", actions)}}"], "Resource": "*"}]}""";
            paths++;
            if (!PolicyChecks.Check(new DocumentText(policy), new PolicyContext(PolicyType.Identity), TestContext.Current.CancellationToken)
                .Any(finding => finding.Rule.Id == "PSEC2003" && finding.Witness is not null))
            {
                missed.Add(string.Join(" ", actions));
            }
        }

        Assert.Equal(65, paths);
        Assert.Equal([], missed);
    }

    [Fact]
    public void Errors_in_the_examples_of_control_policies_are_blanks_or_true_ones()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonItem line in PolicyCorpusTests.Lines("data/org-policy-examples.ndjson"))
        {
            if (!line.TryGetProperty("document", out JsonItem document) || !line.TryGetProperty("type", out JsonItem type))
            {
                continue;
            }

            PolicyType policyType = type.Text switch
            {
                "SCP" => PolicyType.ServiceControlPolicy,
                "RCP" => PolicyType.ResourceControlPolicy,
                "VPCE" => PolicyType.VpcEndpoint,
                _ => PolicyType.Resource,
            };
            string text = document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length);
            seen.UnionWith(PolicyChecks.Check(new DocumentText(text), new PolicyContext(policyType), TestContext.Current.CancellationToken)
                .Where(finding => finding.Severity == RuleSeverity.Error && finding.Message.IndexOfAny(['<', '[', '{']) < 0)
                .Select(finding => finding.Rule.AccessAnalyzer ?? finding.Rule.Id));
        }

        // One file of the RCPs allows, is too long and has a key without a name.
        Assert.Equal(["INVALID_CONDITION_KEY_FORMAT", "MISSING_RESOURCE", "POLICY_SIZE_EXCEEDS_RCP_QUOTA", "RCP_SYNTAX_ERROR_ALLOW"], seen);
    }
}
