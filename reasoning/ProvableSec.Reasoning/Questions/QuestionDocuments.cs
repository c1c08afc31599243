using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>The documents of a question, and what they say of the condition keys in it.</summary>
internal sealed class QuestionDocuments
{
    private readonly List<PolicyDocument> documents = [];
    private readonly string[] asked;
    private readonly Dictionary<string, string> spelling = new(StringComparer.Ordinal);
    private readonly HashSet<string> keysWithSetOperators = new(StringComparer.Ordinal);
    private HashSet<string>? keysAsked;

    public QuestionDocuments(Query query)
    {
        foreach (Subject? subject in (Subject?[])[query.Subject, query.Baseline])
        {
            if (subject?.Document is { } document)
            {
                documents.Add(document);
            }
            else if (subject?.Stack is { } stack)
            {
                documents.AddRange(stack.Documents().Select(d => d.Document));
            }
        }

        if (query.Property is { } property)
        {
            documents.Add(property);
        }

        documents.AddRange(query.Restriction?.Documents ?? []);
        asked = [.. ((FieldPattern?[])[query.Request.Principal, query.Request.Resource]).OfType<FieldPattern>().SelectMany(f => f.Literals.Concat(f.Like)),
            .. query.Restriction?.Texts ?? []];

        foreach (PolicyDocument document in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                foreach (Condition condition in statement.Conditions)
                {
                    if (!spelling.ContainsKey(condition.FoldedKey))
                    {
                        spelling.Add(condition.FoldedKey, condition.Key);
                    }

                    if (condition.Operator.Set != SetOperator.None)
                    {
                        keysWithSetOperators.Add(condition.FoldedKey);
                    }
                }
            }
        }

        foreach (KeyValuePair<string, FieldPattern> given in query.Request.Context)
        {
            spelling[given.Key.ToLowerInvariant()] = given.Key;
        }

        foreach (Condition condition in query.Restriction?.Conditions ?? [])
        {
            spelling[condition.FoldedKey] = condition.Key;
        }
    }

    /// <summary>The documents, the subject's first.</summary>
    public IReadOnlyList<PolicyDocument> All => documents;

    /// <summary>All statements of all documents.</summary>
    public IEnumerable<Statement> Statements => documents.SelectMany(d => d.Statements);

    /// <summary>All condition lines of all documents.</summary>
    public IEnumerable<Condition> Conditions => Statements.SelectMany(s => s.Conditions);

    /// <summary>The partitions in which the documents' principals say that accounts lie, of each account of which nothing in the question says
    /// another.</summary>
    public IEnumerable<(string Account, string Partition)> Accounts()
    {
        string[] principals = [.. Statements.SelectMany(s => s.Principal?.Entries ?? ImmutableArray<PrincipalEntry>.Empty)
            .Where(e => e.Kind == PrincipalEntryKind.Aws).Select(e => e.Value)];
        if (!Array.Exists(principals, p => p.StartsWith("arn:", StringComparison.Ordinal)))
        {
            return [];
        }

        IEnumerable<string> others = Statements.SelectMany(s =>
            (s.Resource?.Patterns ?? ImmutableArray<PolicyPattern>.Empty).Concat(s.Conditions.SelectMany(c => c.Values))).Select(p => p.Text).Concat(asked);
        ILookup<string, string> partitions = principals.Concat(others).Select(a => a.Split([':'], 6))
            .Where(f => f.Length == 6 && f[0] == "arn" && CallerPrincipal.IsTwelveDigits(f[4])).ToLookup(f => f[4], f => f[1], StringComparer.Ordinal);
        return [.. partitions.Where(p => p.Distinct().Count() == 1 && p.First().IndexOfAny(['*', '?']) < 0).Select(p => (p.Key, p.First()))
            .OrderBy(p => p.Key, StringComparer.Ordinal)];
    }

    /// <summary>How the question writes a key, by the key in lower case.</summary>
    public IReadOnlyDictionary<string, string> Spelling => spelling;

    /// <summary>The keys that the question asks about, in lower case: of conditions, variables and its request.</summary>
    public ICollection<string> KeysAsked => keysAsked ??= FindKeysAsked();

    private HashSet<string> FindKeysAsked()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        found.UnionWith(spelling.Keys);
        foreach (PolicyDocument document in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                Add(statement.Resource?.Patterns ?? ImmutableArray<PolicyPattern>.Empty);
                foreach (Condition condition in statement.Conditions)
                {
                    Add(condition.Values);
                }
            }
        }

        return found;

        void Add(ImmutableArray<PolicyPattern> patterns)
        {
            foreach (PolicyPattern pattern in patterns)
            {
                foreach (PatternPart part in pattern.HasVariables ? pattern.Parts : ImmutableArray<PatternPart>.Empty)
                {
                    if (part.Kind == PatternPartKind.Variable)
                    {
                        found.Add(part.Text.ToLowerInvariant());
                    }
                }
            }
        }
    }

    /// <summary>Keys, in lower case, that some condition uses with a set operator.</summary>
    public HashSet<string> KeysWithSetOperators => keysWithSetOperators;
}
