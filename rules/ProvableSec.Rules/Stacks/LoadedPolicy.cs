using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>What is known of a document besides its statements. A document that was only read, as those of a dump, has all of it from itself.</summary>
internal sealed class LoadedPolicy
{
    private static readonly ConditionalWeakTable<PolicyDocument, LoadedPolicy> Known = new();

    /// <summary>What the document allows at least, where values are known only at deployment; itself where none is.</summary>
    public required PolicyDocument AtLeast { get; init; }

    /// <summary>The document with names in the place of values that are known only at deployment; itself where there are none.</summary>
    public required PolicyDocument Named { get; init; }

    /// <summary>What is known only at deployment, by the names under which values can be given, each with its place.</summary>
    public ImmutableArray<string> Open { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The findings, and the text that they are in.</summary>
    public required Func<(DocumentText Source, IReadOnlyList<PolicyFinding> Findings)> Check { get; init; }

    /// <summary>Remembers what is known of a document.</summary>
    public static PolicyDocument Remember(PolicyDocument document, LoadedPolicy loaded)
    {
        Known.Add(document, loaded);
        return document;
    }

    /// <summary>What is known of a document; null where nothing is beside itself.</summary>
    public static LoadedPolicy? Of(PolicyDocument document) => Known.TryGetValue(document, out LoadedPolicy? loaded) ? loaded : null;
}
