namespace ProvableSec.Tool.Tests.Check;

/// <summary>Waivers in the file that they are about.</summary>
public sealed class InlineWaiverTests : IDisposable
{
    private const string Template = """
        Resources:
          R:
            Type: AWS::IAM::Policy
        METADATA
            Properties:
              PolicyName: r
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - Effect: Allow
                    Action: iam:PassRole
        ABOVE
                    Resource: "*"AFTER
        """;

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("", "# provablesec: PSEC2107 until 2999-01-31 because the pipeline needs it", "")]
    [InlineData("", "            # provablesec: PASS_ROLE_WITH_STAR_IN_RESOURCE until 2999-01-31 because the pipeline needs it", "")]
    [InlineData("", "            # provablesec: PSEC2107 until 2999-01-31 because the pipeline needs it\n            # and so on", "")]
    [InlineData("", "", "   # provablesec: PSEC2107 until 2999-01-31 because the pipeline needs it")]
    [InlineData("    Metadata: {ProvableSec: [{rule: PSEC2107, reason: the pipeline needs it, until: '2999-01-31'}]}", "", "")]
    public void A_finding_is_waived(string metadata, string above, string after)
    {
        ToolRun run = Check(metadata, above, after);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("1 finding waived", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "            # provablesec: PSEC2107 until 2020-01-31 because of that", "", "(waived until 2020-01-31)")]
    [InlineData("", "            # provablesec: PSEC2002 until 2999-01-31 because of that", "", "PSEC2107")]
    [InlineData("    # provablesec: PSEC2107 until 2999-01-31 because of that", "", "", "PSEC2107")]
    public void A_finding_is_reported_all_the_same(string metadata, string above, string after, string shown)
    {
        ToolRun run = Check(metadata, above, after);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(shown, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_without_a_finding_is_told() =>
        Assert.Contains("the waiver of PSEC2002 in ", Check("", "", " # provablesec: PSEC2002 until 2999-01-31 because of that").Error,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("", " # provablesec: PSEC2107", "t.yaml:13:27: expected # provablesec: RULE until YYYY-MM-DD because REASON")]
    [InlineData("", " # provablesec: PSEC9999 until 2999-01-31 because of that", "t.yaml:13:27: \"PSEC9999\" is not a rule of check")]
    [InlineData("", " # provablesec: PSEC2107 until 2999-02-31 because of that", "\"2999-02-31\" is not a day")]
    [InlineData("    Metadata: {ProvableSec: [{rule: PSEC2107, until: '2999-01-31'}]}", "", "t.yaml:4:30: the waiver has no \"reason\"")]
    [InlineData("    Metadata: {ProvableSec: all}", "", "expected a list of waivers; this is a string")]
    public void A_waiver_that_is_none_is_a_located_error_and_nothing_is_waived(string metadata, string after, string message)
    {
        ToolRun run = Check(metadata, "", after);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("PSEC2107", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_waived_is_not_mended()
    {
        string file = folder.Write("t.yaml", """
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - s3:Get*
                  - s3:GetObject # provablesec: PSEC3317 until 2999-01-31 because auditors look for it
                Resource: "*"

            """);
        string before = File.ReadAllText(file);
        ToolRun.Command("check", file, "--fix");
        Assert.Equal(before, File.ReadAllText(file));
    }

    public void Dispose() => folder.Dispose();

    private ToolRun Check(string metadata, string above, string after) => ToolRun.Command("check", folder.Write("t.yaml", Template
        .Replace("METADATA", metadata, StringComparison.Ordinal).Replace("ABOVE", above, StringComparison.Ordinal)
            .Replace("AFTER", after, StringComparison.Ordinal)));
}
