using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Tool.Scan;

/// <summary>A finding with the place that a person looks for it.</summary>
/// <param name="File">The file as the user knows it, with slashes; <c>commit</c> and its name for a commit message.</param>
/// <param name="Blob">The git object, when the text comes out of a repository's history.</param>
/// <param name="Start">The first character.</param>
/// <param name="End">The place behind the last one; the first again where the length is not told.</param>
/// <param name="Finding">What was found.</param>
internal sealed record LocatedFinding(string File, string? Blob, LinePosition Start, LinePosition End, CredentialFinding Finding)
{
    /// <summary>Whether it is in a name, of a file or something else, and not in a text.</summary>
    public bool IsInName { get; init; }

    /// <summary>Where else the same credential stands.</summary>
    public IReadOnlyList<LocatedFinding> AlsoAt { get; init; } = [];

    /// <summary>This place and the others.</summary>
    public IEnumerable<LocatedFinding> Places => AlsoAt.Prepend(this);

    /// <summary>The place as editors turn it into a link.</summary>
    public string Link => $"{(Blob is { } id ? $"{id[..Math.Min(10, id.Length)]}:" : "")}{File}:{Start}";
}
