using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Where names stand, looked for once in each scope: there may be as many policies in it as names.</summary>
internal static class NameUses
{
    private static readonly ConditionalWeakTable<SyntaxNode, ILookup<string, IdentifierNameSyntax>> Names = new();
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, SemanticModel>> Models = new();

    /// <summary>Some policies are looked for in the text of each file, which is cheaper than to gather its names; for thousands it is not.</summary>
    private const int MostSearches = 32;

    private static readonly ConditionalWeakTable<SyntaxTree, Searches> Searched = new();

    /// <summary>The names of that text below a node.</summary>
    public static IEnumerable<IdentifierNameSyntax> Of(string name, SyntaxNode within) => NamesIn(within)[name];

    /// <summary>Whether a name may stand in a file: a look that costs little where it does not.</summary>
    public static bool MayBeIn(SyntaxTree tree, string name) => Interlocked.Increment(ref Searched.GetOrCreateValue(tree).Count) > MostSearches
        ? NamesIn(tree.GetRoot()).Contains(name)
        : TreeText.Of(tree).IndexOf(name, StringComparison.Ordinal) >= 0;

    private static ILookup<string, IdentifierNameSyntax> NamesIn(SyntaxNode within) =>
        Names.GetValue(within, scope => scope.DescendantNodes().OfType<IdentifierNameSyntax>().ToLookup(known => known.Identifier.ValueText,
            StringComparer.Ordinal));

    // What a constant is used for may stand in another file than the one that is looked at, and no operation leads there. This is asked only for the few
    // constants that are policies.
#pragma warning disable RS1030
    /// <summary>What the names of a file mean. A model binds a method once, and another one would bind it again.</summary>
    public static SemanticModel ModelOf(Compilation compilation, SyntaxTree tree) =>
        Models.GetValue(compilation, _ => new ConcurrentDictionary<SyntaxTree, SemanticModel>()).GetOrAdd(tree, known => compilation.GetSemanticModel(known));
#pragma warning restore RS1030

    /// <summary>How often names were looked for in a file.</summary>
    private sealed class Searches
    {
        public int Count;
    }
}
