using System.Collections.Immutable;
using System.Diagnostics;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>
/// Changes of policies that AWS wrote: neighbors by name, which are what somebody takes in place of another, and small changes of one. The lines are proved to
/// be all of the
/// difference, and none can be left out.
/// </summary>
[Trait("Category", "Corpus")]
public sealed class DifferenceCorpusTests(ITestOutputHelper output)
{
    private const int Pairs = 320, FewLines = 40, MostLinesOfFew = 12;

    [Fact]
    public void Lines_are_complete_none_can_be_left_out_and_small_changes_have_few()
    {
        PolicyDocument[] policies = Policies();
        Random random = RandomRun.Random(26);
        var few = new List<int>();
        var undecided = new List<string>();
        double slowest = 0;
        for (int i = 0; i < Pairs; i++)
        {
            int at = random.Next(policies.Length - 1);
            PolicyDocument before = policies[at], after = i % 2 == 0 ? policies[at + 1] : Changed(before, random);
            var clock = Stopwatch.StartNew();
            AccessDifference difference = DifferenceFinder.Find(new DifferenceQuestion { Before = before, After = after });
            slowest = Math.Max(slowest, clock.Elapsed.TotalSeconds);
            if (difference.Undecided is { } reason)
            {
                undecided.Add($"{i}: {reason}");
            }

            AssertNoneCanBeLeftOut(difference.Added);
            AssertNoneCanBeLeftOut(difference.Removed);
            if (ChangedLines(before, after) is > 0 and <= FewLines)
            {
                few.Add(difference.Added.Length + difference.Removed.Length);
            }
        }

        few.Sort();
        output.WriteLine($"{Pairs} pairs, {undecided.Count} undecided, the slowest {slowest:F2} s; of {few.Count} with at most {FewLines} changed lines of text: median {few[few.Count / 2]}, most {few[^1]}");
        Assert.True(undecided.Count * 100 <= Pairs, string.Join("\n", undecided));
        Assert.True(few.Count >= 100, $"{few.Count} small changes");
        Assert.True(few[few.Count / 2] <= MostLinesOfFew, $"median {few[few.Count / 2]}");
    }

    /// <summary>Each line has a request that no other line of its kind has.</summary>
    private static void AssertNoneCanBeLeftOut(ImmutableArray<DifferenceLine> lines)
    {
        foreach (DifferenceLine line in lines.Where(line => line.Undecided is null))
        {
            AccessRequest shown = line.Witness!.Request;
            Assert.True(Evaluator.AllowsAlone(line.Description, PolicyStack.Empty, shown, line.Witness.Readings));
            Assert.DoesNotContain(lines, other => other != line && other.Kind == line.Kind
                && Evaluator.AllowsAlone(other.Description, PolicyStack.Empty, shown, line.Witness.Readings));
        }
    }

    /// <summary>A statement that comes or goes, an action that comes or goes, another resource.</summary>
    private static PolicyDocument Changed(PolicyDocument policy, Random random)
    {
        List<Statement> statements = [.. policy.Statements];
        int at = random.Next(statements.Count);
        Statement one = statements[at];
        ImmutableArray<PolicyPattern> actions = one.Action.Patterns;
        switch (random.Next(5))
        {
            case 0 when statements.Count > 1:
                statements.RemoveAt(at);
                break;
            case 1 when actions.Length > 1:
                statements[at] = With(one, actions.RemoveAt(random.Next(actions.Length)), one.Resource);
                break;
            case 2:
                PolicyPattern old = actions[random.Next(actions.Length)];
                int colon = old.Text.IndexOf(':', StringComparison.Ordinal);
                statements[at] = With(one, actions.Replace(old, PolicyPattern.Plain(colon < 0 ? "s3:*" : old.Text[..(colon + 1)] + "Get*")), one.Resource);
                break;
            case 3:
                statements[at] = With(one, actions, new ResourceClause(false, [PolicyPattern.Plain("arn:aws:s3:::example-*")], default));
                break;
            default:
                statements[at] = With(one, actions.Add(PolicyPattern.Plain("iam:PassRole")), one.Resource);
                break;
        }

        return PolicyReader.Read(
            new DocumentText(PolicyWriter.Write(new PolicyDocument(policy.Source, policy.Version, policy.NamesVersion, policy.Id, [.. statements], []))));
    }

    private static Statement With(Statement statement, ImmutableArray<PolicyPattern> actions, ResourceClause? resource) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, statement.Action with { Patterns = actions }, resource, statement.Conditions,
            statement.Span);

    /// <summary>How many lines of the one text are not in the other, both ways, as a diff counts them at most.</summary>
    private static int ChangedLines(PolicyDocument before, PolicyDocument after)
    {
        string[] old = PolicyWriter.Write(before).Split('\n'), changed = PolicyWriter.Write(after).Split('\n');
        return old.Except(changed).Count() + changed.Except(old).Count();
    }

    private static PolicyDocument[] Policies() =>
    [
        .. File.ReadLines(SharedData.Path("data/aws-managed-policies.ndjson")).Select(line => JsonTreeReader.Read(new DocumentText(line)).Root)
            .Select(line => line.TryGetProperty("document", out JsonItem document)
                ? PolicyReader.Read(new DocumentText(line.Document.Source.Text.Substring(document.Span.Start, document.Span.Length))) : null)
            .OfType<PolicyDocument>().Where(policy => policy.Statements.Length > 0),
    ];
}
