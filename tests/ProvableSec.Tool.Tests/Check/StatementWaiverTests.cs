using System.Text.Json;

namespace ProvableSec.Tool.Tests.Check;

/// <summary>Waivers and fingerprints that name a statement, not its place.</summary>
public sealed class StatementWaiverTests : IDisposable
{
    private const string PassRole = """{"Effect": "Allow", "Action": ["iam:PassRole", "iam:GetRole"], "Resource": "*"}""";
    private const string Other = """{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> SameMeanings =>
    [
        $"[{PassRole}]",
        PassRole,
        $"[{Other}, {PassRole}]",
        """[{"Resource": ["*"], "Action": ["iam:GetRole", "iam:PassRole", "iam:passrole"], "Effect": "Allow"}]""",
        "[\n  {\n    \"Effect\"   : \"\\u0041llow\", \"Action\": [\"iam:PassRole\",\n \"iam:GetRole\"], \"Resource\": \"*\"}]",
        """[{"Sid": "Passes", "Effect": "Allow", "Action": ["iam:PassRole", "iam:GetRole"], "Resource": "*"}]""",
    ];

    public static TheoryData<string> OtherMeanings =>
    [
        """{"Effect": "Allow", "Action": ["iam:PassRole", "iam:GetRole", "iam:ListRoles"], "Resource": "*"}""",
        """{"Effect": "Allow", "Action": ["iam:PassRole", "iam:GetRole"], "Resource": ["*", "arn:aws:iam::111122223333:role/a"]}""",
        """{"Effect": "Allow", "Action": ["iam:PassRole", "iam:GetRole"], "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}""",
    ];

    [Theory]
    [MemberData(nameof(SameMeanings))]
    public void A_hash_stays_however_the_statement_is_written_and_wherever_it_stands(string statements)
    {
        string hash = Named($"[{PassRole}]", "statement");
        Assert.Matches("^sha256:[0-9a-f]{32}$", hash);
        Assert.DoesNotContain("PSEC2107", Waived(statements, hash).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherMeanings))]
    public void A_hash_does_not_cover_a_statement_that_means_something_else(string statement)
    {
        ToolRun run = Waived($"[{statement}]", Named($"[{PassRole}]", "statement"));
        Assert.Contains("PSEC2107", run.Output, StringComparison.Ordinal);
        Assert.Contains("covers no finding", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Effect_principals_and_conditions_are_part_of_the_meaning()
    {
        string[] statements =
        [
            """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""",
            """{"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""",
            """{"Effect": "Allow", "Principal": {"AWS": ["*", "111122223333"]}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""",
            """{"Effect": "Allow", "NotPrincipal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""",
            """{"Effect": "Allow", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}""",
            """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalTag/a": ["b", "c"]}}}""",
            """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:PrincipalTag/a": ["b", "c"]}}}""",
            """{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:PrincipalTag/a": "bc"}}}""",
        ];
        Assert.Equal(statements.Length, statements.Select(statement => StatementMeaningOf(statement)).Distinct().Count());
    }

    [Fact]
    public void A_Sid_names_its_statement_wherever_it_stands()
    {
        string named = """{"Sid": "Passes", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}""";
        Assert.DoesNotContain("PSEC2107", Waived($"[{named}]", "Passes").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PSEC2107", Waived($"[{Other}, {named}]", "Passes").Output, StringComparison.Ordinal);
        Assert.Contains("PSEC2107", Waived($"[{named}]", "Other").Output, StringComparison.Ordinal);
        Assert.Contains("PSEC2107", Waived($"[{named.Replace("Passes", "Moved", StringComparison.Ordinal)}, {Other.Insert(1, "\"Sid\": \"Passes\", ")}]",
            "Passes").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Sid_of_two_statements_names_none_of_them()
    {
        ToolRun run = Waived($"""[{PassRole.Insert(1, "\"Sid\": \"A\", ")}, {PassRole.Insert(1, "\"Sid\": \"A\", ").Replace("iam:GetRole", "iam:ListRoles", StringComparison.Ordinal)}]""", "A");
        Assert.Contains("PSEC2107", run.Output, StringComparison.Ordinal);
        Assert.Contains("several statements of the policy have the Sid \"A\"; name one by its hash, for example \"sha256:", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_of_two_policies_is_named_with_the_pointer_of_one()
    {
        const string Template = """
            {"Resources": {
              "A": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "S", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}}},
              "B": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "S", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}}}}}
            """;
        string file = folder.Write("t.json", Template);
        ToolRun both = ToolRun.Command("check", file, "--waivers", folder.Write("w.json", List("PSEC2107", "t.json", "S", "")));
        Assert.Equal(2, both.Output.Split("PSEC2107").Length - 1);
        Assert.Contains("its statement is in 2 policies of the file, and it is about one; add \"pointer\": \"/Resources/A/Properties/PolicyDocument\" or \"/Resources/B/", both.Error, StringComparison.Ordinal);
        ToolRun one = ToolRun.Command("check", file, "--waivers", folder.Write("w.json", List("PSEC2107", "t.json", "S", "/Resources/A")), "--format", "json");
        Assert.Equal(["/Resources/B/Properties/PolicyDocument/Statement/0/Resource"],
            Findings(one).Where(finding => finding.GetProperty("rule").GetString() == "PSEC2107")
            .Select(finding => finding.GetProperty("pointer").GetString()));
    }

    [Fact]
    public void A_fingerprint_stays_when_statements_and_policies_are_inserted()
    {
        const string Role = """{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}, "Policies": [POLICIES]}}}}""";
        string policy = Inline("p", PassRole), more = Inline("o", Other) + ", " + Inline("p", Other + ", " + PassRole);
        Assert.Equal(Fingerprint(policy), Fingerprint(more));

        static string Inline(string name, string statements) => "{\"PolicyName\": \"" + name
            + "\", \"PolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}}";

        string? Fingerprint(string policies) =>
            Findings(ToolRun.Command("check", folder.Write("t.json", Role.Replace("POLICIES", policies, StringComparison.Ordinal)), "--format", "json"))
                .Single(finding => finding.GetProperty("rule").GetString() == "PSEC2107").GetProperty("fingerprint").GetString();
    }

    [Fact]
    public void Sarif_and_Security_Hub_have_the_fingerprint_of_the_statement()
    {
        Assert.Equal(Sarif($"[{PassRole}]"), Sarif($"[{Other}, {PassRole}]"));
        Assert.Equal(Asff($"[{PassRole}]"), Asff($"[{Other}, {PassRole}]"));

        string? Sarif(string statements) => JsonDocument.Parse(Checked(statements, "--format", "sarif").Output).RootElement.GetProperty("runs")[0]
            .GetProperty("results").EnumerateArray()
            .Single(result => result.GetProperty("ruleId").GetString() == "PSEC2107").GetProperty("partialFingerprints").GetProperty("policy/v2").GetString();

        string? Asff(string statements) =>
            JsonDocument.Parse(Checked(statements, "--format", "asff", "--account", "111122223333", "--region", "eu-west-1").Output).RootElement
            .GetProperty("Findings").EnumerateArray()
            .Single(finding => finding.GetProperty("GeneratorId").GetString() == "provablesec/PSEC2107").GetProperty("Id").GetString();
    }

    public void Dispose() => folder.Dispose();

    private static string List(string rule, string file, string statement, string pointer) =>
        $$"""[{"rule": "{{rule}}", "file": "{{file}}", "statement": "{{statement}}", "pointer": "{{pointer}}", "reason": "the pipeline needs it", "until": "2999-01-31"}]""";

    private static JsonElement[] Findings(ToolRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];

    private ToolRun Checked(string statements, params string[] more) =>
        ToolRun.Command(["check", folder.Write("a.json", $$"""{"Version": "2012-10-17", "Statement": {{statements}}}"""), .. more]);

    private ToolRun Waived(string statements, string name) => Checked(statements, "--waivers", folder.Write("w.json", List("PSEC2107", "a.json", name, "")));

    private string Named(string statements, string member) =>
        Findings(Checked(statements, "--format", "json")).First(finding => finding.GetProperty("rule").GetString() == "PSEC2107").GetProperty(member)
            .GetString()!;

    private static string StatementMeaningOf(string statement)
    {
        // The misspelled element is a finding about the statement whatever it is.
        string policy = $$"""{"Version": "2012-10-17", "Statement": [{{statement.Insert(1, "\"Efect\": \"\", ")}}]}""";
        return JsonDocument.Parse(ToolRun.Of(policy, "check", "-", "--format", "json").Output).RootElement.EnumerateArray()
            .First(finding => finding.GetProperty("statement").ValueKind == JsonValueKind.String)
            .GetProperty("statement").GetString()!;
    }
}
