using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Differences;

/// <summary>What a change adds and removes, in words.</summary>
public sealed class DifferenceFinderTests
{
    [Fact]
    public void An_action_that_comes_is_the_only_line() => Assert.Equal(
        ["+ may s3:PutObject | on arn:aws:s3:::logs/*"],
        Words(
            Allow(""" "Action":["s3:GetObject"],"Resource":"arn:aws:s3:::logs/*" """),
            Allow(""" "Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::logs/*" """)));

    public static TheoryData<string, string, string, string, string> Changes => new()
    {
        { "identity", Get, """{"Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":"arn:aws:s3:::logs/*"}""", "", "the same in other words" },
        { "identity", Get, """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::logs/*"}""",
            "+ may s3:* | on arn:aws:s3:::logs/* | besides s3:Get* on arn:aws:s3:::logs/*", "a wider action" },
        { "identity", "", Get, "+ may s3:Get* | on arn:aws:s3:::logs/*", "a new policy" },
        { "identity", Get, "", "- may s3:Get* | on arn:aws:s3:::logs/*", "a policy that goes" },
        {
            "identity", GetWithin("10.0.0.0/8"), GetWithin("10.0.0.0/7"),
            "+ may s3:Get* | on arn:aws:s3:::logs/* | when IpAddress aws:SourceIp \"10.0.0.0/7\" | when NotIpAddress aws:SourceIp \"10.0.0.0/8\"", "a wider range"
        },
        { "identity", GetWithin("10.0.0.0/8"), Get, "+ may s3:Get* | on arn:aws:s3:::logs/* | when NotIpAddress aws:SourceIp \"10.0.0.0/8\"",
            "a condition that goes" },
        { "identity", AllowAll + "," + DenyOf("s3:DeleteBucket"), AllowAll, "+ may s3:DeleteBucket | on *", "a Deny that goes" },
        { "identity", Get + "," + DenyOf("iam:*"), Get, "+ (let through) may iam:* | on *", "a Deny that goes of what other policies may allow" },
        { "identity", AllowAll + "," + DenyOf("s3:DeleteBucket", "s3:DeleteObject"), AllowAll + ","
            + DenyOf("s3:DeleteObject"), "+ may s3:DeleteBucket | on *", "a Deny with fewer actions" },
        {
            "identity", Get + "," + DenyOf("s3:GetObject"), Get + "," + DenyOf("s3:GetObject") + """,{"Effect":"Allow","Action":"s3:*","Resource":"*"}""",
            "+ may s3:* | on * | except s3:GetObject on * | besides s3:Get* on arn:aws:s3:::logs/*", "a statement beside those of both sides"
        },
        { "identity", AllBut("iam:*", "organizations:*"), AllBut("iam:*"), "+ may organizations:* | on *", "a NotAction with fewer actions" },
        { "identity", AllBut("iam:*", "organizations:*"), AllowAll, "+ may iam:*, organizations:* | on *", "all actions for a NotAction" },
        {
            "scp", AllowAll + "," + Regions("""["iam:*"]""", """["eu-west-1"]"""),
            AllowAll + "," + Regions("""["iam:*","sts:*"]""", """["eu-west-1","eu-central-1"]"""),
            "+ (let through) may sts:* | on * | when StringNotEquals aws:RequestedRegion \"eu-west-1\"\n"
            + "+ (let through) may * | on * | when StringEquals aws:RequestedRegion \"eu-central-1\" | except iam:* on *", "one more Region"
        },
        { "scp", DenyOf("s3:DeleteBucket"), "", "+ (let through) may s3:DeleteBucket | on *", "a control policy that goes" },
        { "rcp", "", DenyOf("s3:DeleteBucket"), "- (let through) may s3:DeleteBucket | on *", "a control policy that comes" },
        {
            "trust", Trust("""{"AWS":"arn:aws:iam::111122223333:role/a"}"""),
                Trust("""{"AWS":["arn:aws:iam::111122223333:role/a","arn:aws:iam::444455556666:root"]}"""),
            "+ who arn:aws:iam::444455556666:root | may sts:AssumeRole", "one more account"
        },
        { "trust", Trust("""{"Service":"ec2.amazonaws.com"}"""), Trust("""{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]}"""),
            "+ who lambda.amazonaws.com | may sts:AssumeRole", "one more service" },
        { "resource", Bucket("""{"AWS":"111122223333"}"""), Bucket("\"*\""), "+ who everyone | may s3:GetObject | on arn:aws:s3:::logs/* (in part)",
            "everyone for an account" },
        {
            "resource",
            Bucket("""{"AWS":"111122223333"}""") + """,{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::logs/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""",
            Bucket("""{"AWS":"111122223333"}"""),
            "+ (let through) who everyone | may s3:* | on arn:aws:s3:::logs/* | when Bool aws:SecureTransport \"false\" (in part)", "a Deny of a bucket that goes"
        },
        {
            "identity", """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*"}""",
                """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/*"}""",
            "+ may s3:* | on arn:aws:s3:::home/* | besides s3:* on arn:aws:s3:::home/${aws:username}/*", "every home for one's own"
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_said_in_the_policies_own_words(string type, string before, string after, string expected, string what)
    {
        _ = what;
        Assert.Equal(expected,
            string.Join("\n", Words(before.Length > 0 ? Read(before) : null, after.Length > 0 ? Read(after) : null, QuestionNames.TypeOf(type)!.Value)));
    }

    private const string Get = """{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::logs/*"}""";

    private static string GetWithin(string range) => $$$"""{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::logs/*","Condition":{"IpAddress":{"aws:SourceIp":"{{{range}}}"} } }""";

    private static string DenyOf(params string[] actions) => $$"""{"Effect":"Deny","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"*"}""";

    private static string AllBut(params string[] actions) => $$"""{"Effect":"Allow","NotAction":["{{string.Join("\",\"", actions)}}"],"Resource":"*"}""";

    private static string Regions(string actions, string regions) =>
        $$$"""{"Effect":"Deny","NotAction":{{{actions}}},"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":{{{regions}}} } } }""";

    private static string Trust(string principal) => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"}""";

    private static string Bucket(string principal) => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}""";

    internal static PolicyDocument Allow(string elements) => Read($$"""{"Effect":"Allow",{{elements}}}""");

    internal static PolicyDocument Read(params string[] statements) =>
        PolicyReader.Read(new DocumentText(Document(statements)));

    private static string[] Words(PolicyDocument? before, PolicyDocument? after, PolicyType type = PolicyType.Identity)
    {
        AccessDifference difference = DifferenceFinder.Find(new DifferenceQuestion { Before = before, After = after, Type = type });
        return
        [
            .. difference.Added.Select(line => "+ " + Text(line)),
            .. difference.Removed.Select(line => "- " + Text(line)),
            .. difference.Undecided is { } reason ? [$"? {reason}"] : Array.Empty<string>(),
        ];
    }

    private static string Text(DifferenceLine line) => (line.Kind == DifferenceKind.LetThrough ? "(let through) " : "")
        + string.Join(" | ", DifferenceWords.Of(line).Select(field => $"{field.Name} {field.Value}")) + (line.IsWhole ? "" : " (in part)");
}
