using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Organizations;

/// <summary>The statements of many documents, equal ones under one number, and what bears on whom they tell apart.</summary>
internal sealed class KnownStatements
{
    private readonly Dictionary<PolicyDocument, int[]> ofDocuments = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<KnownStatement> statements = [];

    /// <summary>The statement with a number.</summary>
    public KnownStatement this[int number] => statements[number];

    /// <summary>The numbers of a document's statements, in its order.</summary>
    public int[] Of(PolicyDocument document)
    {
        if (!ofDocuments.TryGetValue(document, out int[]? known))
        {
            ofDocuments.Add(document, known = [.. document.Statements.Select(statement => NumberOf(document, statement))]);
        }

        return known;
    }

    private int NumberOf(PolicyDocument document, Statement statement)
    {
        string text = PolicyWriter.Write(new PolicyDocument(document.Source, document.Version, true, null, ImmutableArray.Create(statement),
            ImmutableArray<PolicyProblem>.Empty));
        if (!numbers.TryGetValue(text, out int number))
        {
            numbers.Add(text, number = statements.Count);
            statements.Add(new KnownStatement(statement));
        }

        return number;
    }
}

/// <summary>A statement, and whom its answers can tell apart.</summary>
internal sealed class KnownStatement
{
    public KnownStatement(Statement statement)
    {
        Statement = statement;
        string[] keys = [.. KeysOf(statement).Select(key => key.ToLowerInvariant())];
        SpeaksOfPrincipal = Array.Exists(keys, key => key.StartsWith("aws:principal", StringComparison.Ordinal)
            || key.StartsWith("aws:resource", StringComparison.Ordinal)
                || key is "aws:userid" or "aws:username" || key.Contains("account") || key.Contains("arn"))
            || (statement.Principal is { } principal
                && (principal.IsNot || principal.Entries.Any(entry => entry.Kind is not (PrincipalEntryKind.Everyone or PrincipalEntryKind.Service)
                    && entry.Value != "*")));
        SpeaksOfOrganization = Array.Exists(keys, key => key.StartsWith("aws:", StringComparison.Ordinal) && key.Contains("org"));
        SpeaksOfAccount = statement.Resource is { } resource && resource.Patterns.Any(pattern => NamesAccount(pattern.Text));
    }

    public Statement Statement { get; }

    /// <summary>Whether it can treat two principals of a kind and account otherwise.</summary>
    public bool SpeaksOfPrincipal { get; }

    /// <summary>Whether it can treat two accounts otherwise.</summary>
    public bool SpeaksOfAccount { get; }

    /// <summary>Whether it can treat two places in the organization otherwise.</summary>
    public bool SpeaksOfOrganization { get; }

    /// <summary>The condition keys that it speaks of, in policy variables too.</summary>
    private static IEnumerable<string> KeysOf(Statement statement)
    {
        IEnumerable<PolicyPattern> patterns = statement.Conditions.SelectMany(condition => condition.Values);
        patterns = statement.Resource is { } resource ? patterns.Concat(resource.Patterns) : patterns;
        return statement.Conditions.Select(condition => condition.Key)
            .Concat(patterns.SelectMany(pattern => pattern.Parts).Where(part => part.Kind == PatternPartKind.Variable).Select(part => part.Text));
    }

    private static bool NamesAccount(string resource) => !GlobText.IsEverything(resource)
        && (resource.Split([':'], 6) is not { Length: 6 } fields || fields[4] is not ("" or "*"));
}
