using ProvableSec.Tool.Sharding;

namespace ProvableSec.Tool.Verify;

/// <summary>What <c>verify</c> was asked to do.</summary>
/// <param name="File">The configuration.</param>
/// <param name="IsNamed">Whether the command line names it.</param>
internal sealed record VerifyRequest(string File, bool IsNamed)
{
    /// <summary>The properties to ask; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public int Jobs { get; init; } = 1;

    /// <summary>Whether files may lie outside of the repository.</summary>
    public bool AllowOutside { get; init; }

    /// <summary>The revision since which something must have changed; null for any.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>The part of the work to do; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>What the command line says that may make another result.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
