using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Reasoning.Tests.Differences;

/// <summary>
/// Random policies and random changes of them, each difference held against the concrete evaluator: a request that one side allows and the other does not is in
/// a line, the
/// request of a line is allowed by one side only, and in no other line.
/// </summary>
public sealed class RandomDifferenceTests(ITestOutputHelper output)
{
    private const int InGate = 300, Requests = 200;

    private static readonly string[] Actions =
    [
        "s3:GetObject", "s3:Get*", "s3:PutObject", "s3:*", "s3:DeleteBucket", "ec2:Describe*", "ec2:RunInstances", "iam:PassRole", "iam:*", "*",
            "sqs:SendMessage", "s3:*Object",
    ];

    private static readonly string[] Resources = ["*", "arn:aws:s3:::logs", "arn:aws:s3:::logs/*", "arn:aws:s3:::logs/a/*", "arn:aws:s3:::*",
        "arn:aws:iam::111122223333:role/app", "arn:aws:s3:::home/${aws:username}/*"];

    private static readonly string[] Conditions =
    [
        "", "", "", """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", """{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.168.0.0/16"]}}""",
            """{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""",
        """{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}""", """{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}""",
            """{"StringLike":{"aws:PrincipalTag/team":"a*"}}""",
    ];

    /// <summary>Requests that AWS could send: no other can be a difference.</summary>
    private static readonly (string Action, string Resource)[] Asked =
    [
        ("s3:GetObject", "arn:aws:s3:::logs/x"), ("s3:GetObject", "arn:aws:s3:::logs/a/x"), ("s3:GetObject", "arn:aws:s3:::home/ann/x"),
            ("s3:PutObject", "arn:aws:s3:::logs/x"), ("s3:PutObject", "arn:aws:s3:::other/y"),
        ("s3:PutObject", "arn:aws:s3:::logs/a/x"), ("s3:GetBucketPolicy", "arn:aws:s3:::logs"), ("s3:DeleteBucket", "arn:aws:s3:::logs"),
            ("s3:DeleteBucket", "arn:aws:s3:::other"), ("ec2:DescribeInstances", "*"),
        ("iam:PassRole", "arn:aws:iam::111122223333:role/app"), ("iam:CreateUser", "arn:aws:iam::111122223333:user/bob"),
            ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs"),
    ];

    [Fact]
    public void The_lines_are_the_difference_and_none_can_be_left_out()
    {
        var lines = new List<int>();
        int undecided = 0;
        foreach (ulong seed in RandomRun.Of(InGate).Seeds)
        {
            Random random = RandomRun.Random((int)seed);
            List<string> statements = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Statement(random))];
            PolicyDocument before = DifferenceFinderTests.Read([.. statements]);
            for (int changes = 1 + random.Next(3); changes > 0; changes--)
            {
                Change(statements, random);
            }

            PolicyDocument after = DifferenceFinderTests.Read([.. statements]);
            AccessDifference difference = DifferenceFinder.Find(new DifferenceQuestion { Before = before, After = after });
            undecided += difference.Undecided is null ? 0 : 1;
            lines.Add(difference.Added.Length + difference.Removed.Length);
            try
            {
                AssertTold(before, after, difference.Added, difference.Undecided is null, random);
                AssertTold(after, before, difference.Removed, difference.Undecided is null, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"PROVABLESEC_SEED={seed}: {e.Message}\n{before.Source.Text}\n{after.Source.Text}", e);
            }
        }

        lines.Sort();
        output.WriteLine($"{lines.Count} changes, {undecided} undecided, lines: median {lines[lines.Count / 2]}, most {lines[^1]}");
        Assert.True(undecided * 50 < lines.Count, $"{undecided} of {lines.Count} undecided");
        Assert.True(lines[lines.Count / 2] <= 12);
    }

    private static void AssertTold(PolicyDocument from, PolicyDocument to, ImmutableArray<DifferenceLine> lines, bool isComplete, Random random)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            DifferenceLine line = lines[i];
            Assert.NotNull(line.Witness);
            AccessRequest shown = line.Witness.Request;
            if (line.Kind == DifferenceKind.Granted)
            {
                Assert.True(Allows(to, shown, line.Witness.Readings) && !Allows(from, shown, line.Witness.Readings),
                    $"the request of {i} shows nothing: {shown}");
            }

            Assert.True(Allows(line.Description, shown, line.Witness.Readings), $"the request of {i} is not in its line: {shown}");
            Assert.DoesNotContain(lines, other => other != line && other.Kind == line.Kind && Allows(other.Description, shown, line.Witness.Readings));
        }

        for (int i = 0; i < Requests && isComplete; i++)
        {
            var request = Request(random);
            if (Allows(to, request) && !Allows(from, request))
            {
                Assert.True(lines.Any(line => Allows(line.Description, request)), $"no line has {request}");
            }
            else if (lines.FirstOrDefault(line => line is { IsWhole: true, Kind: DifferenceKind.Granted } && Allows(line.Description, request)) is { } wrong)
            {
                Assert.Fail($"{request} is not a difference, but in {Reasoning.Explanations.DifferenceWords.InOneLine(wrong)}");
            }
        }
    }

    private static bool Allows(PolicyDocument document, AccessRequest request, ProvableSec.Policy.Reading readings = ProvableSec.Policy.Reading.None) =>
        Evaluator.AllowsAlone(document, PolicyStack.Empty, request, readings);

    private static AccessRequest Request(Random random)
    {
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        Add("aws:SourceIp", "10.1.2.3", "192.168.1.1", "203.0.113.9");
        Add("aws:MultiFactorAuthPresent", "true", "false");
        Add("aws:RequestedRegion", "eu-west-1", "us-east-1", "ap-south-1");
        Add("aws:PrincipalTag/team", "a1", "b");
        (string action, string resource) = Asked[random.Next(Asked.Length)];
        return new AccessRequest(CallerPrincipal.TryParse("arn:aws:iam::111122223333:user/ann", null, out _)!, action, resource, null, context.ToImmutable());

        void Add(string key, params string[] values)
        {
            if (random.Next(4) > 0)
            {
                context.Add(new ContextEntry(key, key.ToLowerInvariant(), [Pick(values, random)]));
            }
        }
    }

    private static string Statement(Random random)
    {
        string condition = Pick(Conditions, random);
        string action = random.Next(8) == 0 ? "NotAction" : "Action", resource = random.Next(12) == 0 ? "NotResource" : "Resource";
        return $$"""{"Effect":"{{(random.Next(4) == 0 ? "Deny" : "Allow")}}","{{action}}":[{{List(Actions, random)}}],"{{resource}}":[{{List(Resources, random)}}]{{(condition.Length > 0 ? ",\"Condition\":" + condition : "")}}}""";
    }

    private static void Change(List<string> statements, Random random)
    {
        int at = random.Next(statements.Count);
        switch (random.Next(6))
        {
            case 0:
                statements.Insert(at, Statement(random));
                break;
            case 1 when statements.Count > 1:
                statements.RemoveAt(at);
                break;
            case 2:
                statements[at] = statements[at].Replace($"\"{Pick(Actions, random)}\"", $"\"{Pick(Actions, random)}\"", StringComparison.Ordinal);
                break;
            case 3:
                statements[at] = statements[at].Replace($"\"{Pick(Resources, random)}\"", $"\"{Pick(Resources, random)}\"", StringComparison.Ordinal);
                break;
            case 4:
                statements[at] = statements[at].Replace("ction\":[", $"ction\":[\"{Pick(Actions, random)}\",", StringComparison.Ordinal);
                break;
            default:
                int end = statements[at].IndexOf(",\"Condition\"", StringComparison.Ordinal);
                statements[at] = end >= 0 ? statements[at][..end] + "}" : statements[at][..^1] + ",\"Condition\":"
                    + Conditions[3 + random.Next(Conditions.Length - 3)] + "}";
                break;
        }
    }

    private static string List(string[] from, Random random) => string.Join(",",
        Enumerable.Range(0, 1 + random.Next(3)).Select(_ => $"\"{Pick(from, random)}\"").Distinct());

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
