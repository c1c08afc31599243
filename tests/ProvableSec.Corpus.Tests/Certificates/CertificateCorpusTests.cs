using System.Diagnostics;
using ProvableSec.CertificateChecker;
using ProvableSec.Certificates;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Certificates;

/// <summary>What is proved about policies that AWS wrote has certificates. Times are printed, not asserted.</summary>
[Trait("Category", "Corpus")]
public sealed class CertificateCorpusTests(ITestOutputHelper output)
{
    private readonly List<(double Milliseconds, int Characters, string What)> written = [];
    private readonly SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);

    [Fact]
    public void Every_managed_policy_gives_nothing_that_it_does_not_give()
    {
        foreach ((string name, PolicyDocument document) in Documents("data/aws-managed-policies.ndjson"))
        {
            Certify(name,
                new Query { Question = Question.NoNewAccess, Subject = Subject.Of(document), Baseline = Subject.Of(Read(document.Source.Text + " ")) });
        }

        Assert.Equal(1515, written.Count);
        Report();
    }

    [Fact]
    public void What_neighbours_by_name_give_alike()
    {
        List<(string Name, PolicyDocument Document)> sorted = [.. Documents("data/aws-managed-policies.ndjson").OrderBy(m => m.Name, StringComparer.Ordinal)];
        for (int i = 1; i < sorted.Count; i++)
        {
            foreach ((int policy, int baseline) in ((int, int)[])[(i, i - 1), (i - 1, i)])
            {
                Certify($"{sorted[policy].Name} in {sorted[baseline].Name}",
                    new Query
                    {
                        Question = Question.NoNewAccess,
                        Subject = Subject.Of(sorted[policy].Document),
                        Baseline = Subject.Of(sorted[baseline].Document)
                    });
            }
        }

        Report();
    }

    [Fact]
    public void What_guardrails_take_from_managed_policies()
    {
        PolicyDocument everything = Read(PolicyJson.Everything);
        List<(string Name, PolicyDocument Document)> managed = [.. Documents("data/aws-managed-policies.ndjson").Where((_, i) => i % 250 == 7)];
        foreach ((string name, PolicyDocument document) in Documents("data/org-policy-examples.ndjson"))
        {
            if (document.Statements.Any(s => s.Principal is not null))
            {
                continue;
            }

            foreach ((string policyName, PolicyDocument policy) in managed)
            {
                PolicyStack stack = PolicyStack.Empty with
                {
                    Account = "111122223333",
                    IdentityPolicies = [policy],
                    ServiceControlPolicies = [[everything, document]]
                };
                Certify($"{policyName} under {name}",
                    new Query
                    {
                        Question = Question.NoNewAccess,
                        Subject = Subject.Of(stack),
                        Baseline = Subject.Of(stack with { ServiceControlPolicies = null })
                    });
                Certify($"{policyName} held by {name}",
                    new Query
                    {
                        Question = Question.NoNewAccess,
                        Subject = Subject.Of(stack with { ServiceControlPolicies = null }),
                        Baseline = Subject.Of(stack)
                    });
            }
        }

        Report();
    }

    /// <summary>Asks, and where the answer is a proof, asks for its certificate.</summary>
    private void Certify(string what, Query query)
    {
        Answer answer = Prover.Answer(query with { Explain = false });
        if (answer.Verdict != Verdict.Holds)
        {
            return;
        }

        var time = Stopwatch.StartNew();
        CertificateResult result = CertificateWriter.Write(query, answer);
        double milliseconds = time.Elapsed.TotalMilliseconds;
        Assert.False(result.IsDisagreement, $"{what}: {result.Reason}");
        if (result.Text is not { } text)
        {
            reasons[result.Reason] = reasons.GetValueOrDefault(result.Reason) + 1;
            output.WriteLine($"none: {what}: {result.Reason}");
            return;
        }

        CertificateReport report = CertificateCheck.Run(new DocumentText(text));
        Assert.True(report.IsValid, $"{what}: {report.Problem}");
        Assert.Equal(answer.Assumptions, report.Given);
        written.Add((milliseconds, text.Length, what));
    }

    private void Report()
    {
        Assert.NotEmpty(written);
        (double Milliseconds, int Characters, string What)[] sorted = [.. written.OrderByDescending(w => w.Milliseconds)];
        output.WriteLine($"{sorted.Length} certificates, median {sorted[sorted.Length / 2].Milliseconds:F2} ms and {written.Select(w => w.Characters).Order().ElementAt(sorted.Length / 2)} characters, {reasons.Values.Sum()} proofs without one");
        foreach ((double milliseconds, int characters, string what) in sorted.Take(5))
        {
            output.WriteLine($"{milliseconds,9:F1} ms {characters,8} characters  {what}");
        }

        Assert.InRange(reasons.Values.Sum(), 0, written.Count / 20);
    }

    private static PolicyDocument Read(string text) => PolicyReader.Read(new DocumentText(text));

    /// <summary>The policies of a file, each a text of its own.</summary>
    private static IEnumerable<(string Name, PolicyDocument Document)> Documents(string file)
    {
        foreach (string line in File.ReadLines(SharedData.Path(file)))
        {
            JsonItem root = JsonTreeReader.Read(new DocumentText(line)).Root;
            if (root.TryGetProperty("document", out JsonItem element)
                && Read(line.Substring(element.Span.Start, element.Span.Length)) is { HasErrors: false } document)
            {
                yield return (root.TryGetProperty("name", out JsonItem name) ? name.Text : root.TryGetProperty("path", out JsonItem path) ? path.Text : file,
                    document);
            }
        }
    }
}
