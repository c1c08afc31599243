using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Sharding;

namespace ProvableSec.Tool.Diff;

/// <summary>What makes the exit code 1.</summary>
internal enum DiffFailure
{
    /// <summary>Nothing.</summary>
    Never,

    /// <summary>A policy that gets a way to more access.</summary>
    Escalation,

    /// <summary>A policy that becomes public.</summary>
    Public,

    /// <summary>Access that is added and not approved.</summary>
    NewAccess,
}

/// <summary>What <c>diff</c> was asked to do.</summary>
internal sealed record DiffRequest
{
    /// <summary>Revisions, or two paths.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>A folder of the repository.</summary>
    public string Repository { get; init; } = ".";

    /// <summary>What makes the exit code 1.</summary>
    public DiffFailure FailOn { get; init; } = DiffFailure.NewAccess;

    /// <summary>The file of access that was approved; null for none.</summary>
    public string? Allow { get; init; }

    /// <summary>The configuration that says what binds whom; null for that of the repository.</summary>
    public string? Configuration { get; init; }

    /// <summary>Whether access counts as new that control policies or a boundary still block.</summary>
    public bool CountBlocked { get; init; }

    /// <summary>The day on which approvals are looked at.</summary>
    public DateTime Today { get; init; } = DateTime.UtcNow.Date;

    /// <summary>The day, as yyyy-MM-dd, before which no request is made; null for that of the service data.</summary>
    public string? AsOf { get; init; }

    /// <summary>Steps that each proof may cost; null for the engine's own number.</summary>
    public long? Budget { get; init; }

    /// <summary>Verdicts of before; null for none.</summary>
    public VerdictCache? Cache { get; init; }

    /// <summary>The part of the work to do; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>What the command line says that may make another result.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public int Jobs { get; init; } = 1;
}
