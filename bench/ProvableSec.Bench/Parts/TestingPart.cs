using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Testing;

namespace ProvableSec.Bench.Parts;

/// <summary>Claims in unit tests: the first of a process, one after the other over a typical stack, and 1,000 over the roles of a template.</summary>
internal sealed class TestingPart : IBenchPart
{
    public const string Command = "claim-first";

    private const int Rounds = 100, Roles = 50, ClaimsOfARole = 20, Processes = 5;

    private const string Role = """
        {"Version":"2012-10-17","Statement":[
          {"Sid":"Reports","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::reports/*"},
          {"Sid":"Orders","Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:*:111122223333:orders","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}},
          {"Sid":"Mine","Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::*:user/${aws:username}"}]}
        """;

    private const string Boundary = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":["organizations:*","account:*"],"Resource":"*"}}""";

    private const string Regions = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}}}""";

    private static readonly Action<PolicySubject>[] Claims =
    [
        role => role.ShouldNeverAllow("iam:PassRole"),
        role => role.ShouldNeverAllow(["kms:*", "ec2:*", "lambda:*"]),
        role => role.ShouldNeverAllow("s3:*", on: "arn:aws:s3:::payroll/*"),
        role => role.ShouldNeverAllow("s3:Delete*"),
    ];

    public string Name => "testing";

    public void Run(BenchOptions options, Report report)
    {
        report.AddAtMost("first claim of a process, reading included", Measurement.Median([.. Enumerable.Range(0, Processes).Select(_ => InFreshProcess())]),
            "ms", 150, $"median of {Processes} processes");
        PolicySubject stack = Stack();
        void All() => Array.ForEach(Claims, claim => claim(stack));
        Measurement.WarmUp(All);
        report.AddAtMost("a claim over a typical stack, warm, median",
            Measurement.Median([.. Enumerable.Range(0, Rounds).SelectMany(_ => Claims).Select(claim => Measurement.Milliseconds(() => claim(stack)))]), "ms", 1,
            "identity policy, boundary, SCP; one thread");
        string template = Template();
        report.AddAtMost(
            "1,000 claims over a template with 50 roles",
            Measurement.Milliseconds(() =>
            {
                TemplatePolicies read = Policies.FromTemplateText(template);
                Parallel.For(0, Roles * ClaimsOfARole, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
                    read.Role($"Role{i % Roles}").ShouldNeverAllow($"dynamodb:{(i / Roles % 2 == 0 ? "Delete" : "Create")}*",
                        on: $"arn:aws:dynamodb:*:*:table/{i / Roles}*"));
            }) / 1000,
            "s",
            2,
            "two threads, reading included");
    }

    /// <summary>The other side of a fresh process.</summary>
    /// <returns>The exit code.</returns>
    public static int AnswerFirst()
    {
        long start = Stopwatch.GetTimestamp();
        Claims[0](Stack());
        Console.Out.Write(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double InFreshProcess()
    {
        ProcessRun run = ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "ProvableSec.Bench.dll"), Command], TimeSpan.FromSeconds(60), "")!;
        return double.Parse(run.Output, CultureInfo.InvariantCulture);
    }

    private static PolicySubject Stack() => Policies.Parse(Role, "role").WithBoundary(Boundary).WithScp(Regions);

    private static string Template()
    {
        var text = new StringBuilder("{\"Resources\":{");
        for (int i = 0; i < Roles; i++)
        {
            text.Append(i > 0 ? ",\n" : "").Append(CultureInfo.InvariantCulture, $"\"Role{i}\":{{\"Type\":\"AWS::IAM::Role\",\"Properties\":{{\"Policies\":[{{\"PolicyName\":\"p\",\"PolicyDocument\":");
            text.Append(Role).Append("}]}}");
        }

        return text.Append("}}").ToString();
    }
}
