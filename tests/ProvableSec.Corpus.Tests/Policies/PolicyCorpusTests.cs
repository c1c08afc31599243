using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Corpus.Tests.Policies;

/// <summary>Policies that AWS itself wrote are read without errors, and writing them loses nothing.</summary>
[Trait("Category", "Corpus")]
public sealed class PolicyCorpusTests
{
    [Theory]
    [InlineData("data/aws-managed-policies.ndjson", 1515, 8126, 0)]
    [InlineData("data/org-policy-examples.ndjson", 108, null, 6)]
    public void Every_document_is_read_without_errors_and_round_trips(string file, int documents, int? statements, int blanks)
    {
        int documentsSeen = 0, statementsSeen = 0;
        var errors = new List<PolicyProblem>();
        foreach (JsonItem line in Lines(file))
        {
            Assert.Empty(line.Document.Problems);
            if (!line.TryGetProperty("document", out JsonItem element))
            {
                continue;
            }

            PolicyDocument policy = PolicyReader.Read(element, []);
            errors.AddRange(policy.Problems.Where(p => p.IsError));
            string written = PolicyWriter.Write(policy);
            PolicyDocument again = PolicyReader.Read(new DocumentText(written));
            Assert.Equal(Facts(policy), Facts(again));
            Assert.Equal(written, PolicyWriter.Write(again));
            documentsSeen++;
            statementsSeen += policy.Statements.Length;
        }

        // Blanks to fill in, such as "<third-party-resource>": AWS would refuse them as they stand.
        Assert.All(errors, p => Assert.Matches("^\"<[a-z-]+>\" is not an? (resource|action); ", p.Message));
        Assert.Equal(blanks, errors.Count);
        Assert.Equal(documents, documentsSeen);
        Assert.Equal(statements ?? statementsSeen, statementsSeen);
    }

    [Fact]
    public void Managed_policies_have_no_warnings_that_their_authors_would_dispute()
    {
        // A policy in use at AWS: whatever the reader remarks on is there on purpose, so every kind of remark is listed here.
        IEnumerable<string> codes = Lines("data/aws-managed-policies.ndjson")
            .SelectMany(line => line.TryGetProperty("document", out JsonItem element) ? [.. PolicyReader.Read(element, []).Problems]
                : Array.Empty<PolicyProblem>())
            .Select(p => p.Code.ToString()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal([], codes);
    }

    [Fact]
    public void The_example_with_a_comment_is_refused_at_its_comment()
    {
        JsonItem line = Lines("data/org-policy-examples.ndjson").Single(l => l.TryGetProperty("invalidJson", out _));
        Assert.True(line.TryGetProperty("raw", out JsonItem raw));
        PolicyDocument policy = PolicyReader.Read(new DocumentText(raw.Text, "deny-service-specific-credential-by-type.json"));
        PolicyProblem problem = Assert.Single(policy.Problems);
        Assert.Equal(
            "deny-service-specific-credential-by-type.json:15:13: comments are not allowed in JSON, and AWS refuses a policy with one; remove it or move it into a Sid",
            problem.ToString());
        Assert.Equal(ProblemCode.Comment, problem.Code);
        Assert.Equal("/Statement/0/Condition/StringEqualsIfExists/iam:ServiceSpecificCredentialServiceName", problem.Pointer);
        Assert.True(policy.HasErrors);
        Assert.StartsWith("//add or remove", raw.Text.Substring(problem.Span.Start, problem.Span.Length), StringComparison.Ordinal);
        Assert.Single(policy.Statements);
    }

    internal static IEnumerable<JsonItem> Lines(string file)
    {
        Assert.True(SharedData.Exists, $"the corpus is not there: {SharedData.Path(file)}");
        int number = 0;
        foreach (string line in File.ReadLines(SharedData.Path(file)))
        {
            yield return JsonTreeReader.Read(new DocumentText(line, file, new LinePosition(++number, 1))).Root;
        }
    }

    /// <summary>All that a document says, one fact a line; not made by the writer that is tested.</summary>
    private static IEnumerable<string> Facts(PolicyDocument policy)
    {
        yield return $"{policy.Version} {policy.NamesVersion} {policy.Id ?? "(none)"}";
        foreach (Statement statement in policy.Statements)
        {
            yield return $"{statement.Index} {statement.Sid ?? "(none)"} {statement.Effect}";
            yield return $"{statement.Principal?.IsNot} {string.Join("|", statement.Principal?.Entries.Select(e => $"{e.Kind} {e.Value}") ?? ["(none)"])}";
            yield return $"{statement.Action.IsNot} {Shown(statement.Action.Patterns)}";
            yield return $"{statement.Resource?.IsNot} {(statement.Resource is { } resource ? Shown(resource.Patterns) : "(none)")}";
            foreach (Condition condition in statement.Conditions)
            {
                yield return $"{condition.Operator} {condition.Key} {Shown(condition.Values)}";
            }
        }
    }

    private static string Shown(IEnumerable<PolicyPattern> patterns) => string.Join("|", patterns.Select(p => string.Join("+", p.Parts)));
}
