using System.Globalization;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Sharding;

namespace ProvableSec.Tool.Diff;

/// <summary>What becomes of a policy.</summary>
internal enum PolicyChangeKind
{
    Added,
    Removed,
    Changed,
    Moved,
    Attached,
    Detached,
}

/// <summary>A line of access that a change adds or takes away, in the words of a report.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsAdded">Whether it is added.</param>
/// <param name="Where">Under which conditions of a template; empty for always.</param>
internal sealed record ChangedAccess(DifferenceLine Line, bool IsAdded, string Where)
{
    /// <summary>Who approved it; null for nobody.</summary>
    public ApprovedAccess? Approval { get; init; }

    /// <summary>What keeps it from being access; null for nothing that is known.</summary>
    public BlockedAccess? Blocked { get; init; }

    /// <summary>Whether it counts: it is added, nobody approved it, and something of it gets through.</summary>
    public bool IsNew => IsAdded && Approval is null && Blocked?.Counts != false;
}

/// <summary>A policy that changes.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="File">The file that it stands in, on the new side if it does there.</param>
/// <param name="Owner">Whose policy it is; empty for a file that is the policy.</param>
/// <param name="Type">What it is.</param>
internal sealed record PolicyChange(PolicyChangeKind Kind, string File, string Owner, string Type)
{
    /// <summary>Where it stood before; null where that is the same.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>The line of the file that it begins at.</summary>
    public int Line { get; init; } = 1;

    /// <summary>What it adds and takes away.</summary>
    public IReadOnlyList<ChangedAccess> Access { get; init; } = [];

    /// <summary>Why not all of that is known; null when it is.</summary>
    public string? Unknown { get; init; }

    /// <summary>What else there is to say; empty for nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>What the proofs rest on, by name.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>The same in words; empty for nothing.</summary>
    public string GivenWords => string.Join("; ", Given.Select(name => AssumptionWords.Says(name, "the day of --as-of")));

    /// <summary>Findings of the built-in checks that are new: public access, ways to more access.</summary>
    public IReadOnlyList<(string Rule, string Message)> Risks { get; init; } = [];

    /// <summary>What stands in texts for a value that only the deployment knows, and what the document calls it.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The lines that are added.</summary>
    public IEnumerable<ChangedAccess> Added => Access.Where(line => line.IsAdded);

    /// <summary>The lines that go.</summary>
    public IEnumerable<ChangedAccess> Removed => Access.Where(line => !line.IsAdded);

    /// <summary>True for a policy that allows the same in other words.</summary>
    public bool IsSame => Access.Count == 0 && Unknown is null && Remark.Length == 0;

    /// <summary>The policy by name.</summary>
    public string Name => Owner.Length == 0 ? File : File.Length == 0 ? Owner : $"{File}: {Owner}";

    /// <summary>A text with the names of values in place of what stands for them.</summary>
    public string Shown(string text) => Names.Aggregate(text, (shown, name) => shown.Replace(name.Key, name.Value, StringComparison.Ordinal));
}

/// <summary>What a run of <c>diff</c> came to.</summary>
/// <param name="Before">The old side, for people.</param>
/// <param name="After">The new side, for people.</param>
/// <param name="Changes">The policies that change, by file.</param>
/// <param name="Unchanged">How many policies are the same text on both sides.</param>
internal sealed record DiffResult(string Before, string After, IReadOnlyList<PolicyChange> Changes, int Unchanged)
{
    /// <summary>Changes in the order in which they are shown: by file, line and policy.</summary>
    public static IReadOnlyList<PolicyChange> InOrder(IEnumerable<PolicyChange> changes) =>
        [.. changes.OrderBy(change => change.File, StringComparer.Ordinal).ThenBy(change => change.Line)
            .ThenBy(change => change.Owner, StringComparer.Ordinal)];

    /// <summary>Which part of a run it is; null for the whole.</summary>
    public ShardRecord? Shard { get; init; }

    /// <summary>Approvals of no use, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What makes the exit code 1.</summary>
    public DiffFailure FailOn { get; init; } = DiffFailure.NewAccess;

    /// <summary>Whether a change makes the exit code 1.</summary>
    public bool Fails(PolicyChange change) => FailOn switch
    {
        DiffFailure.NewAccess => change.Added.Any(line => line.IsNew),
        DiffFailure.Public => change.Risks.Any(risk => risk.Rule == "PSEC2001"),
        DiffFailure.Escalation => change.Risks.Any(risk => risk.Rule != "PSEC2001"),
        _ => false,
    };

    /// <summary>The changes that are more than other words.</summary>
    public IEnumerable<PolicyChange> Real => Changes.Where(change => !change.IsSame);

    /// <summary>Added lines that count.</summary>
    public int NewLines => Changes.Sum(change => change.Added.Count(line => line.IsNew));

    /// <summary>Added lines that are blocked, and do not count.</summary>
    public int BlockedLines => Changes.Sum(change => change.Added.Count(IsBlocked));

    /// <summary>What the change does, in a sentence.</summary>
    public string Headline => NewLines > 0
        ? $"{Quantity.Of(NewLines, "line")} of new access in {Quantity.Of(Changes.Count(change => change.Added.Any(line => line.IsNew)), "policy")}"
        : Changes.Any(change => change.Unknown is not null) ? "No new access was found, but not all is known"
        : BlockedLines > 0 ? $"No new access: {Quantity.Of(BlockedLines, "line")} {(BlockedLines == 1 ? "is" : "are")} new in policies, but still blocked"
        : "No new access";

    /// <summary>The run in one line.</summary>
    public string Summary
    {
        get
        {
            int removed = Changes.Sum(change => change.Removed.Count()),
                approved = Changes.Sum(change => change.Added.Count(line => line.Approval is not null));
            int same = Changes.Count(change => change.IsSame), unknown = Changes.Count(change => change.Unknown is not null);
            return (Shard is { } part ? $"shard {part.Shard}: " : "")
                + $"{Quantity.Of(Changes.Count, "policy")} changed: {Quantity.Of(NewLines, "line")} of access added"
                + (BlockedLines > 0 ? $", {BlockedLines.ToString("N0", CultureInfo.InvariantCulture)} new but blocked" : "")
                + (approved > 0 ? $" and {approved.ToString("N0", CultureInfo.InvariantCulture)} approved" : "")
                + $", {removed.ToString("N0", CultureInfo.InvariantCulture)} removed"
                + (same > 0 ? $" · {same.ToString("N0", CultureInfo.InvariantCulture)} proved to allow the same" : "")
                + (unknown > 0 ? $" · {unknown.ToString("N0", CultureInfo.InvariantCulture)} unknown" : "")
                + $" · {Quantity.Of(Unchanged, "policy")} unchanged";
        }
    }

    private static bool IsBlocked(ChangedAccess line) => line is { Approval: null, Blocked.Counts: false };
}
