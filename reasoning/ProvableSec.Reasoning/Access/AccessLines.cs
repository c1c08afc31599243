using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>Puts together callers with the same line, and lines of the same callers that differ in their resources only.</summary>
internal sealed class AccessLines
{
    private sealed record Entry(StackLine Line, string? ResourceAccount, SortedSet<string> Principals, List<Query> Proofs);

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> undecided = new(StringComparer.Ordinal);
    private readonly List<Query> outside = [];
    private readonly SortedSet<string> assumptions = new(StringComparer.Ordinal);

    public void AddUndecided(string principal, string reason)
    {
        if (!undecided.TryGetValue(reason, out SortedSet<string>? principals))
        {
            undecided.Add(reason, principals = new SortedSet<string>(StringComparer.Ordinal));
        }

        principals.Add(principal);
    }

    /// <summary>Takes what the proofs of a stack rest on, once for all its callers.</summary>
    public void AddProofs(StackAccess access)
    {
        outside.AddRange(access.Outside);
        assumptions.UnionWith(access.Assumptions);
    }

    public void Add(string principal, string? resourceAccount, StackAccess access)
    {
        foreach (StackLine line in access.Lines)
        {
            string key = $"{resourceAccount}\n{line.Undecided}\n{AccessDocument.Text(line.Cell.Grant, line.Except)}";
            if (!entries.TryGetValue(key, out Entry? entry))
            {
                entries.Add(key, entry = new Entry(line, resourceAccount, new SortedSet<string>(StringComparer.Ordinal), []));
            }

            entry.Principals.Add(principal);
            if (!entry.Proofs.Contains(line.Proof))
            {
                entry.Proofs.Add(line.Proof);
            }
        }

        if (access.Undecided is { } reason)
        {
            AddUndecided(principal, reason);
        }
    }

    public AccessAnswer ToAnswer(int asked, int stacks) => new(
        entries.Values
            .GroupBy(e =>
                $"{string.Join("\n", e.Principals)}\n{e.ResourceAccount}\n{e.Line.Undecided}\n{e.Line.Cell.KeyWithoutResources}"
                    + $"{AccessDocument.Text(AccessDocument.All(Effect.Allow), e.Line.Denies)}", StringComparer.Ordinal)
            .Select(same => Line([.. same]))
            .OrderBy(l => l.Principals[0], StringComparer.Ordinal)
            .ToImmutableArray(),
        undecided.OrderBy(u => u.Value.Min, StringComparer.Ordinal).Select(u => new UndecidedAccess(u.Value.ToImmutableArray(), u.Key)).ToImmutableArray(),
        asked,
        stacks,
        outside.ToImmutableArray(),
        assumptions.ToImmutableArray());

    private static AccessLine Line(IReadOnlyList<Entry> same)
    {
        Entry first = same[0];
        AccessCell cell = first.Line.Cell.AndResources(same.Skip(1).SelectMany(s => s.Line.Cell.Resources));
        return new AccessLine(
            first.Principals.ToImmutableArray(),
            first.ResourceAccount,
            cell.Grant,
            first.Line.Except.ToImmutableArray(),
            first.Line.Witness,
            first.Line.Undecided,
            same.SelectMany(s => s.Proofs).ToImmutableArray());
    }
}
