using System.Collections.Immutable;
using System.Diagnostics;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.SmtLib;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>Questions about policies that AWS wrote. Times are printed, not asserted; what is asserted are verdicts and the share of the undecided.</summary>
[Trait("Category", "Corpus")]
public sealed class ProverCorpusTests(ITestOutputHelper output)
{
    private static readonly Lazy<List<(string Name, PolicyDocument Document)>> Managed = new(() => Documents("data/aws-managed-policies.ndjson"));

    private static readonly Lazy<List<(string Name, PolicyDocument Document)>> Examples = new(() => Documents("data/org-policy-examples.ndjson"));

    private readonly List<(double Milliseconds, long Steps, string What)> spent = [];

    [Fact]
    public void Every_managed_policy_gives_nothing_that_it_does_not_give()
    {
        Assert.Equal(1515, Managed.Value.Count);
        foreach ((string name, PolicyDocument document) in Managed.Value)
        {
            Answer answer = Ask(name, new Query { Question = Question.NoNewAccess, Subject = Subject.Of(document), Baseline = Subject.Of(document) });
            Assert.Equal(Verdict.Holds, answer.Verdict);
            Assert.Empty(answer.Assumptions);
        }

        Report();
    }

    [Fact]
    public void Neighbours_by_name_are_told_apart_and_no_request_contradicts_it()
    {
        List<(string Name, PolicyDocument Document)> sorted = [.. Managed.Value.OrderBy(m => m.Name, StringComparer.Ordinal)];
        var verdicts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 1; i < sorted.Count; i++)
        {
            foreach ((int policy, int baseline) in ((int, int)[])[(i, i - 1), (i - 1, i)])
            {
                (PolicyDocument subject, PolicyDocument before) = (sorted[policy].Document, sorted[baseline].Document);
                var query = new Query { Question = Question.NoNewAccess, Subject = Subject.Of(subject), Baseline = Subject.Of(before) };
                Answer answer = Ask($"{sorted[policy].Name} in {sorted[baseline].Name}", query);
                Count(verdicts, answer);
                if (subject.Statements.All(s => s.Effect == Effect.Deny))
                {
                    // Such a policy is compared by what it does not deny.
                    (subject, before) = (WithEverything(subject), WithEverything(before));
                }

                if (answer.Verdict == Verdict.Violated)
                {
                    Witness witness = answer.Witness!;
                    Assert.True(Evaluator.AllowsAlone(subject, PolicyStack.Empty, witness.Request, witness.Readings));
                    Assert.False(Evaluator.AllowsAlone(before, PolicyStack.Empty, witness.Request, witness.Readings));
                }
                else if (answer.Verdict == Verdict.Holds && answer.Assumptions.IsEmpty)
                {
                    Assert.All(Requests(subject, 50), r => Assert.False(
                        Evaluator.AllowsAlone(subject, PolicyStack.Empty, r) && !Evaluator.AllowsAlone(before, PolicyStack.Empty, r),
                        $"{sorted[policy].Name} in {sorted[baseline].Name}: {r.Action} on {r.Resource}"));
                }
            }
        }

        Report();
        AssertDecided(verdicts, 0.001);
    }

    [Fact]
    public void Every_example_equals_itself_and_lies_in_what_it_is_taken_from()
    {
        PolicyDocument everything = Read(PolicyJson.Everything);
        var verdicts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, PolicyDocument document) in Examples.Value)
        {
            Subject itself = Subject.Of(document), all = Subject.Of(everything);
            bool denies = document.Statements.Any(s => s.Effect == Effect.Deny);
            PolicyDocument allowing = denies && document.Statements.All(s => s.Principal is null) ? WithEverything(document) : document;
            Answer same =
                Ask($"{name} equals itself",
                new Query { Question = Question.Equivalent, Subject = itself, Baseline = itself, Type = PolicyType.ServiceControlPolicy });
            Assert.Equal(Verdict.Holds, same.Verdict);
            Answer within =
                Ask($"{name} within everything",
                new Query { Question = Question.NoNewAccess, Subject = Subject.Of(allowing), Baseline = all, Type = PolicyType.ServiceControlPolicy });
            Assert.Equal(Verdict.Holds, within.Verdict);

            // Whether it takes anything away at all: a Deny that never fires would be a mistake.
            Answer less =
                Ask($"everything within {name}",
                new Query { Question = Question.NoNewAccess, Subject = all, Baseline = Subject.Of(allowing), Type = PolicyType.ServiceControlPolicy });
            Count(verdicts, less);
            foreach ((string managed, PolicyDocument policy) in Managed.Value.Where((_, i) => i % 150 == 7))
            {
                if (document.Statements.All(s => s.Principal is null))
                {
                    var stack = new PolicyStackBuilder(policy, everything, document).Stack;
                    Count(verdicts, Ask($"{managed} under {name}", new Query
                    {
                        Question = Question.NoNewAccess,
                        Subject = Subject.Of(stack),
                        Baseline = Subject.Of(stack with { ServiceControlPolicies = [[everything]] }),
                    }));
                    Count(verdicts, Ask($"{managed} held by {name}", new Query
                    {
                        Question = Question.NoNewAccess,
                        Subject = Subject.Of(stack with { ServiceControlPolicies = [[everything]] }),
                        Baseline = Subject.Of(stack),
                    }));
                }
            }
        }

        Report();
        AssertDecided(verdicts, 0.01);
    }

    [Fact]
    public void Every_query_of_the_solver_bench_comes_out_as_expected()
    {
        foreach (Query query in SolverBench())
        {
            Answer answer = Ask(query.Id!, query);
            Assert.True(query.Expected == answer.Verdict, $"{query.Id}: {answer.Verdict} {answer.Reason}");
        }

        Report();
    }

    [Fact]
    public void What_is_exported_for_every_query_of_the_solver_bench_gets_the_expected_answer_from_a_solver()
    {
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        foreach (Query query in SolverBench())
        {
            Answer answer = Prover.Answer(query);
            Opinion opinion = Opinion.NoAnswer;
            foreach (SmtSolver solver in SmtSolver.All.TakeWhile(_ => opinion == Opinion.NoAnswer))
            {
                opinion = SecondOpinion.Ask(query, answer, solver, TimeSpan.FromSeconds(20));
                output.WriteLine($"{query.Id}: {solver.Name} {SecondOpinion.NameOf(opinion)}");
            }

            Assert.Equal(Opinion.Agrees, opinion);
        }
    }

    private static IEnumerable<Query> SolverBench()
    {
        foreach (JsonItem line in Lines("bench/solver/queries.ndjson"))
        {
            QueryReading reading = new QueryReader(new PolicyLoader()).Read(line, []);
            Assert.True(reading.Query is not null, string.Join("\n", reading.Problems));
            yield return reading.Query!;
        }
    }

    private sealed record PolicyStackBuilder(PolicyDocument Identity, PolicyDocument Everything, PolicyDocument Control)
    {
        public PolicyStack Stack => PolicyStack.Empty with
        {
            Account = "111122223333",
            IdentityPolicies = [Identity],
            ServiceControlPolicies = [[Everything, Control]],
        };
    }

    private Answer Ask(string what, Query query)
    {
        var time = Stopwatch.StartNew();
        Answer answer = Prover.Answer(query);
        spent.Add((time.Elapsed.TotalMilliseconds, answer.Steps, $"{what}: {answer.Verdict}"));
        if (answer.Verdict == Verdict.Unknown)
        {
            output.WriteLine($"undecided: {what}: {answer.Reason}");
        }

        return answer;
    }

    private void Report()
    {
        (double Milliseconds, long Steps, string What)[] sorted = [.. spent.OrderByDescending(s => s.Milliseconds)];
        output.WriteLine($"{sorted.Length} questions, median {sorted[sorted.Length / 2].Milliseconds:F3} ms, 99 % under {sorted[sorted.Length / 100].Milliseconds:F1} ms, all {sorted.Sum(s => s.Milliseconds):F0} ms");
        foreach ((double milliseconds, long steps, string what) in sorted.Take(10))
        {
            output.WriteLine($"{milliseconds,9:F1} ms {steps,10} steps  {what}");
        }
    }

    private static void Count(SortedDictionary<string, int> verdicts, Answer answer)
    {
        string verdict = answer.Verdict.ToString();
        verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
    }

    private void AssertDecided(SortedDictionary<string, int> verdicts, double most)
    {
        int all = verdicts.Values.Sum();
        output.WriteLine(string.Join(", ", verdicts.Select(v => $"{v.Key} {v.Value}")));
        Assert.InRange(verdicts.GetValueOrDefault(nameof(Verdict.Unknown)) / (double)all, 0, most);
    }

    /// <summary>Requests that a policy speaks of: its own actions on its own resources, with wildcards filled in.</summary>
    private static IEnumerable<AccessRequest> Requests(PolicyDocument policy, int count)
    {
        CallerPrincipal caller = CallerPrincipal.TryParse("arn:aws:iam::111122223333:user/a", null, out _)!;
        Random random = RandomRun.Random(1);
        for (int i = 0; i < count; i++)
        {
            Statement statement = policy.Statements[random.Next(policy.Statements.Length)];
            string action = Filled(Pick(statement.Action.Patterns)?.Text ?? "a:b"), resource = Filled(Pick(statement.Resource?.Patterns ?? [])?.Text ?? "*");
            ImmutableArray<ContextEntry> context = [.. statement.Conditions.Where(c => c.Values.Length > 0).DistinctBy(c => c.FoldedKey)
                .Select(c => new ContextEntry(c.Key, c.FoldedKey, [Filled(Pick(c.Values)!.Text)]))];
            yield return new AccessRequest(caller, action.Contains(':', StringComparison.Ordinal) ? action : "a:b", resource, null, context);
        }

        PolicyPattern? Pick(ImmutableArray<PolicyPattern> patterns) => patterns.IsEmpty ? null : patterns[random.Next(patterns.Length)];

        string Filled(string text) => text.Replace("*", random.Next(3) switch { 0 => "", 1 => "a", _ => "*" }, StringComparison.Ordinal).Replace('?', 'a');
    }

    private static PolicyDocument WithEverything(PolicyDocument document)
    {
        string text = PolicyWriter.Write(document);
        const string Start = "\"Statement\":[";
        int at = text.IndexOf("\"Statement\"", StringComparison.Ordinal);
        int bracket = text.IndexOf('[', at);
        Assert.True(bracket > 0, Start);
        return Read(text.Insert(bracket + 1, """{"Effect":"Allow","Action":"*","Resource":"*"},"""));
    }

    private static PolicyDocument Read(string text)
    {
        PolicyDocument document = PolicyReader.Read(new DocumentText(text));
        Assert.False(document.HasErrors, string.Join("\n", document.Problems));
        return document;
    }

    private static List<(string Name, PolicyDocument Document)> Documents(string file)
    {
        var documents = new List<(string, PolicyDocument)>();
        foreach (JsonItem line in Lines(file))
        {
            if (line.TryGetProperty("document", out JsonItem element) && PolicyReader.Read(element, []) is { HasErrors: false } document)
            {
                string name = line.TryGetProperty("name", out JsonItem named) ? named.Text : line.TryGetProperty("path", out JsonItem path) ? path.Text
                    : $"{file}:{documents.Count}";
                documents.Add((name, document));
            }
        }

        return documents;
    }

    private static IEnumerable<JsonItem> Lines(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(SharedData.Path(file)))
        {
            yield return JsonTreeReader.Read(new DocumentText(line, file, new LinePosition(++number, 1))).Root;
        }
    }
}
