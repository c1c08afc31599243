using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Which files of a compilation may hold policies: a look at each text, once. Of thousands of files hardly one does.</summary>
internal sealed class PolicyTrees
{
    private static readonly string[] Words = ["Statement", "Polic", .. CdkGrants.Words];

    private readonly ConcurrentDictionary<SyntaxTree, bool> known = new();

    /// <summary>True for a file that has a statement, or something that takes a policy.</summary>
    public bool MayHold(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!known.TryGetValue(tree, out bool may))
        {
            string text = TreeText.Of(tree, cancellation);
            may = Words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
            known.TryAdd(tree, may);
        }

        return may;
    }
}
