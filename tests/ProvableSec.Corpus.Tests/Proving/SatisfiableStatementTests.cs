using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>
/// The world model against what people wrote: whoever writes a statement has requests in mind, so one that the <c>aws</c> world has no request for
/// is a slip of its author or an error of ours. A wrong world fact cannot hide here, because nothing of the test rests on it.
/// </summary>
[Trait("Category", "Corpus")]
public sealed class SatisfiableStatementTests
{
    // So that blanks stand in the text as they were written.
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Listed = "tests/ProvableSec.Corpus.Tests/Proving/UnsatisfiableStatements.tsv";

    /// <summary>The statements that are listed are exactly those that are not satisfiable, each with its reason.</summary>
    [Fact]
    public void Every_statement_has_a_request_or_stands_on_the_list_with_its_reason()
    {
        StatementAlone[] statements = [.. Published(), .. Sampled()];
        Assert.True(statements.Length >= 8_000, $"only {statements.Length} statements");
        var without = new ConcurrentBag<string>();
        Parallel.ForEach(statements, statement =>
        {
            Answer[] answers = [.. statement.CanApply().Select(question => Prover.Answer(question))];
            if (answers.All(a => a.Verdict != Verdict.Holds))
            {
                without.Add($"{statement.Policy}\t{statement.Name}\t{answers[0].Reason}");
            }
        });

        string[][] listed = [.. File.ReadLines(Repository.Path(Listed)).Select(line => line.Split('\t'))];
        Assert.All(listed, cells => Assert.True(cells.Length == 3 && cells[2].Length > 0, string.Join(' ', cells)));
        string[] unlisted = [.. without.Where(w => !listed.Any(l => w.StartsWith($"{l[0]}\t{l[1]}\t", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
        string[] satisfiable = [.. listed.Select(l => $"{l[0]}\t{l[1]}\t").Where(l => !without.Any(w => w.StartsWith(l, StringComparison.Ordinal)))];
        Assert.True(unlisted.Length == 0, "no request, and not on the list:\n" + string.Join('\n', unlisted));
        Assert.True(satisfiable.Length == 0, "on the list, and yet there is a request:\n" + string.Join('\n', satisfiable));
    }

    private static IEnumerable<StatementAlone> Published()
    {
        foreach ((string file, string name) in ((string, string)[])[("data/aws-managed-policies.ndjson", "name"), ("data/org-policy-examples.ndjson", "path")])
        {
            foreach (JsonNode line in File.ReadLines(SharedData.Path(file)).Select(line => JsonNode.Parse(line)!))
            {
                // One of the examples is not JSON and has no document.
                if (line["document"] is JsonObject document)
                {
                    foreach (StatementAlone statement in StatementAlone.Of(line[name]!.GetValue<string>(), document.ToJsonString(Unescaped),
                        line["type"]?.GetValue<string>() is "SCP" or "RCP"))
                    {
                        yield return statement;
                    }
                }
            }
        }
    }

    private static IEnumerable<StatementAlone> Sampled()
    {
        string samples = Repository.Path("samples");
        return from file in Directory.EnumerateFiles(samples, "*.json", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(samples, file).Replace('\\', '/')
               let folders = name.Split('/')[..^1]
               where folders.Contains("policies") && !folders.Any(f => f is "bin" or "obj")
               from statement in StatementAlone.Of($"samples/{name}", File.ReadAllText(file), folders.Contains("scp"))
               select statement;
    }
}
