using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ProvableSec.Analyzers.Policies;

/// <summary>The texts of files, each made once: a file may hold thousands of policies.</summary>
internal static class TreeText
{
    private static readonly ConditionalWeakTable<SyntaxTree, string> Texts = new();

    /// <summary>The text of a file.</summary>
    public static string Of(SyntaxTree tree, CancellationToken cancellation = default) => Texts.GetValue(tree, known => known.GetText(cancellation).ToString());
}
