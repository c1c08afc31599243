using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Coverage;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>
/// How well a set of requests covers policies: which statements some request matches, and which conditions were seen both met and not met. And the requests
/// that would
/// cover everything: on both sides of each statement and condition.
/// </summary>
/// <example>
/// <code>
/// PolicyCoverage coverage = PolicyCoverage.Of(role, "requests.ndjson");
/// coverage.WriteCobertura("policy-coverage.xml");
/// </code>
/// </example>
public sealed class PolicyCoverage
{
    private readonly string name;
    private readonly int requests;
    private readonly ImmutableArray<CoveredStatement> statements;

    private PolicyCoverage(string name, int requests, ImmutableArray<CoveredStatement> statements)
    {
        this.name = name;
        this.requests = requests;
        this.statements = statements;
    }

    /// <summary>Statements.</summary>
    public int Statements => statements.Length;

    /// <summary>Statements that some request matches.</summary>
    public int MatchedStatements => statements.Count(s => s.Matched > 0);

    /// <summary>Sides of conditions: met and not met, two for each.</summary>
    public int ConditionSides => statements.Sum(s => 2 * s.Conditions.Length);

    /// <summary>Sides of conditions that some request of the statement's actions and resources is on.</summary>
    public int CoveredConditionSides => statements.Sum(s => s.Conditions.Sum(c => (c.Met > 0 ? 1 : 0) + (c.Unmet > 0 ? 1 : 0)));

    /// <summary>The coverage by a file of requests.</summary>
    /// <param name="subject">The policies.</param>
    /// <param name="requestsPath">Cases as <c>provablesec simulate</c> reads them (their own policies are not looked at), or events of AWS CloudTrail.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    /// <exception cref="PolicySourceException">The file cannot be read, or has no requests.</exception>
    public static PolicyCoverage Of(PolicySubject subject, string requestsPath, [CallerFilePath] string caller = "") =>
        Of(subject, RequestFile.Read(TestFile.Read(requestsPath, caller)));

    /// <summary>The coverage by a text of requests.</summary>
    /// <param name="subject">The policies.</param>
    /// <param name="requests">The requests, in the same forms.</param>
    public static PolicyCoverage OfText(PolicySubject subject, string requests) =>
        Of(subject, RequestFile.Read(new DocumentText(requests ?? throw new ArgumentNullException(nameof(requests)), "the requests")));

    /// <summary>
    /// Requests on both sides of every statement and condition, one a line as <c>provablesec simulate</c> reads them, each with the decision of today: a
    /// regression test of
    /// the policies, and the requests with the best coverage.
    /// </summary>
    /// <exception cref="PolicySourceException">Values are known only at deployment.</exception>
    public static IEnumerable<string> BoundaryCases(PolicySubject subject)
    {
        string[] open = [.. (subject ?? throw new ArgumentNullException(nameof(subject))).Unknown, .. subject.Variants.SelectMany(v => v.Open)];
        return open.Length > 0 ? throw new PolicySourceException($"the policies of {subject.Name} are known only at deployment: {string.Join(", ", open)}")
            : subject.Variants.SelectMany(BoundaryRequests.Of);
    }

    /// <summary>What is covered and what is not, statement by statement.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(
            $"{name}: {MatchedStatements} of {Statements} statements matched, {CoveredConditionSides} of {ConditionSides} sides of conditions, by {requests}"
                + $" {(requests == 1 ? "request" : "requests")}\n");
        foreach (CoveredStatement covered in statements)
        {
            text.Append($"  {(covered.Matched > 0 ? "✓" : "✗")} {covered.Place}  {(covered.Matched > 0 ? $"matched {covered.Matched}×" : "never matched")}\n");
            for (int i = 0; i < covered.Conditions.Length; i++)
            {
                Condition condition = covered.Statement.Conditions[i];
                (int met, int unmet) = covered.Conditions[i];
                text.Append(
                    $"      {(met > 0 && unmet > 0 ? "✓" : "✗")} line {covered.LineOf(condition.KeySpan)}: {condition.Operator.Name} {condition.Key}  met "
                        + $"{met}×, not met {unmet}×\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the coverage in the format of Cobertura, which IDEs and CI systems show on the lines of the policies.</summary>
    /// <param name="path">The file; it is replaced.</param>
    public void WriteCobertura(string path) => File.WriteAllText(path, ToCobertura());

    /// <summary>The coverage in the format of Cobertura.</summary>
    public string ToCobertura()
    {
        IGrouping<string, CoveredStatement>[] files = [.. statements.GroupBy(s => s.Document.Source.Name, StringComparer.Ordinal)];
        double lines = Rate(MatchedStatements, Statements), branches = Rate(CoveredConditionSides, ConditionSides);
        return new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement(
            "coverage",
            new XAttribute("line-rate", Text(lines)),
            new XAttribute("branch-rate", Text(branches)),
            new XAttribute("lines-covered", MatchedStatements),
            new XAttribute("lines-valid", Statements),
            new XAttribute("branches-covered", CoveredConditionSides),
            new XAttribute("branches-valid", ConditionSides),
            new XAttribute("complexity", 0),
            new XAttribute("version", "0"),
            new XAttribute("timestamp", 0),
            new XElement("sources", new XElement("source", ".")),
            new XElement("packages", new XElement(
                "package",
                new XAttribute("name", name),
                new XAttribute("line-rate", Text(lines)),
                new XAttribute("branch-rate", Text(branches)),
                new XAttribute("complexity", 0),
                new XElement("classes", files.Select(Class))))) + "\n";
    }

    /// <summary>The first line of the text.</summary>
    public override string ToString() => ToText().Split('\n')[0];

    private static PolicyCoverage Of(PolicySubject subject, IReadOnlyList<AccessRequest> requests)
    {
        var all = ImmutableArray.CreateBuilder<CoveredStatement>();
        foreach (Variant variant in (subject ?? throw new ArgumentNullException(nameof(subject))).Variants)
        {
            PolicyStack around = PolicyStack.Empty with { Organization = variant.Subject.Stack?.Organization };
            CoveredStatement[] statements = [.. variant.Subject.Documents().Where(d => d.Source.Name != "FullAWSAccess").Distinct()
                .SelectMany(d => d.Statements.Select(s => new CoveredStatement(d, s)))];
            foreach (AccessRequest request in requests)
            {
                var probe = new StatementProbe(new Witness(request, Policy.Reading.None), around);
                foreach (CoveredStatement covered in statements.Where(c => probe.MatchesButForConditions(c.Statement)))
                {
                    covered.Matched += probe.Matches(covered.Statement) ? 1 : 0;
                    for (int i = 0; i < covered.Conditions.Length; i++)
                    {
                        (int met, int unmet) = covered.Conditions[i];
                        bool meets = probe.Meets(covered.Statement.Conditions[i]);
                        covered.Conditions[i] = (met + (meets ? 1 : 0), unmet + (meets ? 0 : 1));
                    }
                }
            }

            all.AddRange(statements);
        }

        return new PolicyCoverage(subject.Name, requests.Count, all.ToImmutable());
    }

    private static XElement Class(IGrouping<string, CoveredStatement> file)
    {
        // Of two things on one line the one that is covered less is the line's.
        var hits = new SortedDictionary<int, (int Hits, int Sides, int Covered)>();
        foreach (CoveredStatement covered in file)
        {
            Add(covered.LineOf(covered.Statement.Action.NameSpan), covered.Matched, 0, 0);
            for (int i = 0; i < covered.Conditions.Length; i++)
            {
                (int met, int unmet) = covered.Conditions[i];
                Add(covered.LineOf(covered.Statement.Conditions[i].KeySpan), met + unmet, 2, (met > 0 ? 1 : 0) + (unmet > 0 ? 1 : 0));
            }
        }

        return new XElement(
            "class",
            new XAttribute("name", Path.GetFileNameWithoutExtension(file.Key)),
            new XAttribute("filename", TestFile.FullPathOf(file.Key) ?? file.Key),
            new XAttribute("line-rate", Text(Rate(file.Count(c => c.Matched > 0), file.Count()))),
            new XAttribute("branch-rate", Text(Rate(hits.Values.Sum(h => h.Covered), hits.Values.Sum(h => h.Sides)))),
            new XAttribute("complexity", 0),
            new XElement("methods"),
            new XElement("lines", hits.Select(line => new XElement(
                "line",
                new XAttribute("number", line.Key),
                new XAttribute("hits", line.Value.Hits),
                new XAttribute("branch", line.Value.Sides > 0 ? "true" : "false"),
                line.Value.Sides > 0 ? new XAttribute("condition-coverage",
                    $"{100 * line.Value.Covered / line.Value.Sides}% ({line.Value.Covered}/{line.Value.Sides})") : null))));

        void Add(int line, int count, int sides, int covered) =>
            hits[line] = hits.TryGetValue(line, out (int Hits, int Sides, int Covered) before)
                ? (Math.Min(before.Hits, count), before.Sides + sides, before.Covered + covered) : (count, sides, covered);
    }

    private static double Rate(int part, int whole) => whole == 0 ? 1 : (double)part / whole;

    private static string Text(double rate) => rate.ToString("0.####", CultureInfo.InvariantCulture);
}
