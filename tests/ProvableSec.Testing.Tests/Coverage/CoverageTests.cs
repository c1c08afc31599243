using System.Xml.Linq;

namespace ProvableSec.Testing.Tests.Coverage;

/// <summary>Which statements and conditions a set of requests meets, and requests that meet all of them.</summary>
public sealed class CoverageTests
{
    private static readonly PolicySubject Role = Policies.Load("Data/role.json");

    [Fact]
    public void Statements_and_both_sides_of_conditions_are_counted()
    {
        PolicyCoverage coverage = PolicyCoverage.OfText(Role, Case("s3:GetObject", "arn:aws:s3:::reports/a") + Case("kms:Decrypt", "*"));
        Assert.Equal((2, 1, 2, 1), (coverage.Statements, coverage.MatchedStatements, coverage.ConditionSides, coverage.CoveredConditionSides));
        Assert.Equal(
            """
            Data/role.json: 1 of 2 statements matched, 1 of 2 sides of conditions, by 2 requests
              ✓ Data/role.json:7 · statement 0 "Reports"  matched 1×
              ✗ Data/role.json:13 · statement 1 "AllButIdentity"  never matched
                  ✗ line 15: Bool aws:MultiFactorAuthPresent  met 0×, not met 2×

            """.ReplaceLineEndings("\n"),
            coverage.ToText());
    }

    [Fact]
    public void Cobertura_has_the_lines_of_the_policy()
    {
        XElement root = XDocument.Parse(PolicyCoverage.OfText(Role, Case("s3:GetObject", "arn:aws:s3:::reports/a", "\"aws:MultiFactorAuthPresent\":\"true\""))
            .ToCobertura()).Root!;
        XElement file = root.Descendants("class").Single();
        Assert.Equal(Path.Combine(TestData.Folder, "Data", "role.json"), file.Attribute("filename")!.Value);
        Assert.Equal(["7 1 ", "13 1 ", "15 1 50% (1/2)"], file.Descendants("line")
            .Select(l => $"{l.Attribute("number")!.Value} {l.Attribute("hits")!.Value} {l.Attribute("condition-coverage")?.Value}"));
        Assert.Equal("1", root.Attribute("line-rate")!.Value);
        Assert.Equal("0.5", root.Attribute("branch-rate")!.Value);
    }

    [Fact]
    public void Events_of_CloudTrail_are_requests()
    {
        PolicyCoverage coverage = PolicyCoverage.OfText(Role, """
            {"Records":[{"eventSource":"s3.amazonaws.com","eventName":"HeadObject","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.9",
              "userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/app/i-1","sessionContext":{"attributes":{"mfaAuthenticated":"true"}}},
              "resources":[{"ARN":"arn:aws:s3:::reports/a"}]}]}
            """);
        Assert.Equal(2, coverage.MatchedStatements);
    }

    [Fact]
    public void Boundary_cases_cover_everything_and_decide_as_they_say()
    {
        string[] cases = [.. PolicyCoverage.BoundaryCases(Role.WithScp("Data/regions.scp.json"))];
        PolicyCoverage coverage = PolicyCoverage.OfText(Role.WithScp("Data/regions.scp.json"), string.Join('\n', cases));
        Assert.Equal((3, 3, 2, 2), (coverage.Statements, coverage.MatchedStatements, coverage.ConditionSides, coverage.CoveredConditionSides));
        Assert.Contains(cases, line => line.Contains("\"expected\":\"allow\"", StringComparison.Ordinal));
        Assert.Contains(cases, line => line.Contains("\"expected\":\"deny\"", StringComparison.Ordinal));
        Assert.All(cases, line => Assert.StartsWith("{\"id\":\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_requests_is_refused()
    {
        Assert.Contains("has no requests", Failing.Source(() => PolicyCoverage.OfText(Role, "{}")), StringComparison.Ordinal);
        Assert.Contains("the requests:1:",
            Failing.Source(() => PolicyCoverage.OfText(Role, """{"request":{"principal":"nobody","action":"s3:GetObject","resource":"*"}}""")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Access_in_words_is_the_same_text_each_time()
    {
        string text = Access.Snapshot(Policies.FromAccountDump("Data/dump.json").Principal("role/team/app"));
        Golden.Equal("Data/role.access.txt", text.TrimEnd('\n'));
        Assert.Contains("known only at deployment", Failing.Source(() => Access.Snapshot(Policies.FromTemplate("Data/template.json").Role("AppRole"))),
            StringComparison.Ordinal);
        Assert.Contains("is not listed", Failing.Source(() => Access.Snapshot(Policies.Load("Data/role.json").AsSeenBy("Data/role.json"))),
            StringComparison.Ordinal);
    }

    private static string Case(string action, string resource, string context = "") =>
        "{\"request\":{\"principal\":\"arn:aws:iam::111122223333:role/app\",\"action\":\"" + action + "\",\"resource\":\"" + resource + "\",\"context\":{"
            + context + "}}}\n";
}
