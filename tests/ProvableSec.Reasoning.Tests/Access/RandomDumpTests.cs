using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.Reasoning.Tests.Worlds;

namespace ProvableSec.Reasoning.Tests.Access;

/// <summary>
/// Random accounts, each answer held against the concrete evaluator: no request is allowed that no line describes, none denied that a line
/// describes. PROVABLESEC_SOAK and PROVABLESEC_SEED as in <see cref="ProverAgainstEvaluatorTests"/>.
/// </summary>
public sealed class RandomDumpTests(ITestOutputHelper output)
{
    private const int InGate = 250, Requests = 60;

    private static readonly string[] Actions = ["*", "s3:*", "s3:GetObject", "sts:AssumeRole", "a:*", "a:b*", "*:b", "kms:*"];
    private static readonly string?[] Resources = [null, null, "arn:aws:s3:::b*", "arn:aws:s3:::b", "arn:aws:iam::111122223333:role/*", "arn:*"];

    [Fact]
    public void The_lines_are_what_is_allowed()
    {
        bool soak = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int count);
        (count, ulong first) = RandomRun.Of(InGate);
        output.WriteLine($"{count} accounts from PROVABLESEC_SEED={first}");
        int compared = 0, described = 0, undecided = 0, asked = 0;
        for (int i = 0; i < count; i++)
        {
            ulong seed = first + (ulong)i;
            RandomDump drawn = RandomDump.Any.At(seed);
            Random random = RandomRun.Random((int)seed);
            var question = new AccessQuestion
            {
                Dump = drawn.Written().Read(),
                Controls = drawn.Controls(),
                Actions = ImmutableArray.Create(Actions[random.Next(Actions.Length)]),
                Resource = Resources[random.Next(Resources.Length)],
                Budget = 2_000_000,
            };
            AccessAnswer answer = AccessFinder.Answer(question);
            foreach (AccountPrincipal principal in question.Dump.Principals)
            {
                asked++;
                if (answer.Undecided.Any(u => u.Principals.Contains(principal.Caller.Name))
                    || answer.Lines.Any(l => l.Undecided is not null && l.Principals.Contains(principal.Caller.Name)))
                {
                    undecided++;
                    continue;
                }

                foreach ((AccessRequest request, PolicyStack stack) in RequestsOf(question, principal, random).Where(r => !IsEarly(r.Request)))
                {
                    foreach (Reading readings in (Reading[])[Reading.None, (Reading)(1 << random.Next(16))])
                    {
                        bool allowed = Evaluator.Decide(stack, request, readings).IsAllowed;
                        bool told = answer.Lines.Any(l => l.Principals.Contains(principal.Caller.Name) && Describes(l, stack, request, readings));
                        Assert.True(
                            allowed == told,
                            $"PROVABLESEC_SEED={seed}: {request.Principal.Name} {request.Action} {request.Resource} {string.Join(" ", request.Context.Select(c => $"{c.Key}={string.Join("|", c.Values)}"))} {readings} is {(allowed ? "allowed" : "denied")}\n{string.Join("\n", answer.Lines.Select(LineText.Of))}");
                        compared++;
                        described += told ? 1 : 0;
                    }
                }
            }
        }

        output.WriteLine($"{asked} principals, {undecided} undecided; {compared} requests compared, {described} of them allowed");
        Assert.True(soak || (described > 500 && undecided < asked / 2), $"{described} allowed, {undecided} of {asked} undecided");
    }

    private static IEnumerable<(AccessRequest Request, PolicyStack Stack)> RequestsOf(AccessQuestion question, AccountPrincipal principal, Random random)
    {
        PolicyStack own = AccessFinder.StackOf(principal, question.Controls);
        List<(PolicyStack Stack, FieldPattern? Resource)> places = [(own, question.Resource is null ? null : FieldPattern.Matching(question.Resource))];
        foreach (AccountPrincipal role in question.Dump.Principals.Where(p => p.TrustPolicy is not null))
        {
            if (question.Resource is null or "arn:*" or "arn:aws:iam::111122223333:role/*")
            {
                places.Add((own with { ResourcePolicy = role.TrustPolicy }, FieldPattern.Literal(role.Caller.Name)));
            }
        }

        foreach ((PolicyStack stack, FieldPattern? resource) in places)
        {
            var query = new Query
            {
                Question = Question.Can,
                Subject = Subject.Of(stack),
                Request = new RequestPattern
                {
                    Principal = FieldPattern.Literal(principal.Caller.Name),
                    PrincipalType = principal.Caller.Kind,
                    Action = question.Actions[0] == "*" ? null : FieldPattern.Matching(question.Actions[0]),
                    Resource = resource,
                    ResourceAccount = principal.Caller.Account,
                },
            };
            var sampler = new RandomRequests(query, stack.Documents().Select(d => d.Document), random);
            for (int i = 0; i < Requests; i++)
            {
                // These users have no tags, which the dump tells; assuming a role is its trust policy's business, and calls on keys that of a policy that no
                // dump has.
                if (sampler.Next() is { } request
                    && !(principal.Caller.Kind == PrincipalKind.User && request.Context
                        .Any(c => c.FoldedKey.StartsWith("aws:principaltag/", StringComparison.Ordinal) && !c.Values.IsEmpty))
                    && (stack.ResourcePolicy is null ? !IsDecidedElsewhere(request)
                        : request.Action.StartsWith("sts:assumerole", StringComparison.OrdinalIgnoreCase)))
                {
                    yield return (request, stack);
                }
            }
        }
    }

    private static bool IsDecidedElsewhere(AccessRequest request) =>
        (request.Action.StartsWith("sts:assumerole", StringComparison.OrdinalIgnoreCase) && request.Resource.Contains(":role/", StringComparison.Ordinal))
        || (request.Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) && request.Resource.Contains(":key/", StringComparison.Ordinal));

    private static bool Describes(AccessLine line, PolicyStack stack, AccessRequest request, Reading readings) => line.ResourceAccount is null
        && Evaluator.AllowsAlone(
            new PolicyDocument(new Policy.Text.DocumentText(""), PolicyVersion.V2012, true, null,
                ImmutableArray.Create([line.Grant, .. line.Except.Select(Denied)]), []),
            stack,
            request,
            readings);

    private static Statement Denied(Statement except) => new(0, null, Effect.Deny, null, except.Action, except.Resource, except.Conditions, default);

    /// <summary>No request is made before the service data were.</summary>
    private static bool IsEarly(AccessRequest request) => request.Context
        .Any(e => e.FoldedKey is "aws:currenttime" or "aws:epochtime" && e.Values.Any(v => LinkRules.Moment(v) is { } moment && moment < 1_790_000_000));
}
