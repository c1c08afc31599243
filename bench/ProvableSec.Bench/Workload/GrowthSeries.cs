using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Workload;

/// <summary>One question in growing sizes, where all but the size stays the same: what the answer costs tells how the cost grows.</summary>
/// <param name="Name">What grows.</param>
/// <param name="Says">The question, in words.</param>
/// <param name="Sizes">Each the double of the one before.</param>
/// <param name="Prepare">Makes the texts of one size and gives what reads them and answers: whether every proof was found that there is.</param>
internal sealed record GrowthSeries(string Name, string Says, int[] Sizes, Func<int, Func<bool>> Prepare)
{
    private const string Account = "111122223333";

    private static readonly string[] Services = ["s3", "dynamodb", "sqs", "sns", "lambda", "kms"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GrowthSeries> All { get; } =
    [
        new("statements", "a policy grants nothing that its last version did not grant, after one statement was made narrower", Doubled(2, 512), count =>
        {
            string before = PolicyJson.Document(Enumerable.Range(0, count).Select(i => OfTeam(i, "*"))),
                after = PolicyJson.Document(Enumerable.Range(0, count).Select(i => OfTeam(i, i == count / 2 ? "a*" : "*")));
            return () => NoNewAccess(after, before);
        }),
        new("actions", "one statement with so many actions grants nothing beyond patterns that cover them", Doubled(2, 1024), count =>
        {
            string actions = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{Services[i % Services.Length]}:Get{i / Services.Length}Item\""));
            string patterns = string.Join(',', Services.Select(service => $"\"{service}:Get*\""));
            string subject = PolicyJson.Document($$"""{"Effect":"Allow","Action":[{{actions}}],"Resource":"*"}"""),
                baseline = PolicyJson.Document($$"""{"Effect":"Allow","Action":[{{patterns}}],"Resource":"*"}""");
            return () => NoNewAccess(subject, baseline);
        }),
        new("globs", "a Deny of so many patterns with stars at both ends leaves nothing of what it names", Doubled(1, 64), count =>
        {
            string globs = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"arn:aws:s3:::*-team{i}-*\""));
            string denied = $$"""{"Effect":"Deny","Action":"s3:*","Resource":[{{globs}}]}""",
                allowed = """{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::*"}""";
            string subject = PolicyJson.Document(allowed, denied),
                forbidden = PolicyJson.Document($$"""{"Effect":"Allow","Action":"s3:*","Resource":[{{globs}}]}""");
            return () => NotGranted(subject, forbidden);
        }),
        new("principals", "a bucket policy that names so many roles, each with a prefix of its own, is not public", Doubled(1, 256), count =>
        {
            string policy = PolicyJson.Document(Enumerable.Range(0, count).Select(i =>
                $$"""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Account}}:role/team{{i}}"},"Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::shared/team{{i}}/*"}"""));
            return () => NoPublicAccess(policy);
        }),
        new("levels", "a role under so many levels of SCPs, of which the last has the guardrail, cannot touch guardrails", Doubled(1, 32), count =>
        {
            string full = PolicyJson.Everything;
            string guard = PolicyJson.Document("""{"Effect":"Deny","Action":["organizations:*","cloudtrail:Stop*"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}}""");
            string forbidden = PolicyJson.Document("""{"Effect":"Allow","Action":["organizations:LeaveOrganization","cloudtrail:StopLogging"],"Resource":"*"}""");
            return () => NotGranted(full, forbidden, [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? new[] { full, guard } : [full])]);
        }),
        new("roles", "none of so many roles of an account can change the guardrails of the organization", Doubled(4, 512), count =>
        {
            string dump = SyntheticOrganization.Dump(0, count + 3), organization = SyntheticOrganization.Organization();
            return () => Organization([dump], organization);
        }),
        new("accounts", "the same of ten roles in each of so many accounts", Doubled(1, 64), count =>
        {
            // The sandbox, where the answer is another one, is left out.
            string[] dumps = [.. Enumerable.Range(0, 2 * count).Where(a => !SyntheticOrganization.IsSandbox(a)).Take(count)
                .Select(a => SyntheticOrganization.Dump(a))];
            string organization = SyntheticOrganization.Organization();
            return () => Organization(dumps, organization);
        }),
    ];

    private static int[] Doubled(int from, int to) => [.. Enumerable.Range(0, 32).Select(i => from << i).TakeWhile(size => size <= to)];

    private static string OfTeam(int team, string rest)
    {
        string service = Services[team % Services.Length];
        return $$$$"""
            {"Effect":"Allow","Action":["{{{{service}}}}:Get*","{{{{service}}}}:List*"],"Resource":"arn:aws:{{{{service}}}}:*:{{{{Account}}}}:team{{{{team}}}}-{{{{rest}}}}",
             "Condition":{"StringEquals":{"aws:PrincipalTag/team":"team{{{{team}}}}"}}}
            """;
    }

    private static PolicyDocument Read(string text) => CorpusQuestion.ReadAnew(text);

    private static bool NoNewAccess(string subject, string baseline) => Holds(QueryReader.Complete(
        null, Question.NoNewAccess, Subject.Of(Read(subject)), Subject.Of(Read(baseline)), null, RequestPattern.Any, PolicyType.Identity));

    private static bool NotGranted(string policy, string forbidden, string[][]? levels = null) => Holds(QueryReader.Complete(
        null,
        Question.NotGranted,
        Subject.Of(new PolicyStack
        {
            Account = Account,
            IdentityPolicies = [Read(policy)],
            ServiceControlPolicies = levels?.Select(level => level.Select(Read).ToImmutableArray()).ToImmutableArray()
        }),
        null,
        Read(forbidden),
        new RequestPattern { Principal = FieldPattern.Literal($"arn:aws:iam::{Account}:role/app") },
        null));

    private static bool NoPublicAccess(string policy) => Holds(QueryReader.Complete(
        null, Question.NoPublicAccess, Subject.Of(Read(policy)), null, null, RequestPattern.Any, PolicyType.Resource));

    private static bool Organization(string[] dumps, string organization)
    {
        var reader = new AccountDumpReader();
        foreach (string dump in dumps)
        {
            reader.Add(new DocumentText(dump));
        }

        OrganizationControls controls = OrganizationControlsReader.Read(JsonTreeReader.Read(new DocumentText(organization)),
            new PolicyLoader(null, new PolicyCache()), new CaseProblems());
        PolicyDocument guardrails = Read(SyntheticOrganization.Guardrails);
        return reader.Finish().Principals.Where(p => !p.Caller.Path.StartsWith("admin/", StringComparison.Ordinal))
            .All(p => Holds(GuardrailsQuestion.Of(p, controls, guardrails)));
    }

    private static bool Holds(Query query) => Prover.Answer(query).Verdict == Verdict.Holds;
}
