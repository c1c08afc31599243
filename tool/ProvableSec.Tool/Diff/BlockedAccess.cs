using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Diff;

/// <summary>What keeps new access of a policy from being access: control policies, a boundary or another policy that limits, where the configuration gives
/// them.</summary>
/// <param name="By">What blocks it, each in words.</param>
/// <param name="IsWhole">Whether nothing of it gets through, for nobody who has the policy.</param>
internal sealed record BlockedAccess(IReadOnlyList<string> By, bool IsWhole)
{
    /// <summary>Whether it counts as new access all the same.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Whether the change also touches what blocks it, or the configuration that says so.</summary>
    public bool IsTouched { get; init; }

    /// <summary>Of what is blocked in part, the lines that get through.</summary>
    public IReadOnlyList<DifferenceLine> Remaining { get; init; } = [];

    /// <summary>A request that gets through, where no lines say what does.</summary>
    public Witness? Example { get; init; }

    /// <summary>Of what is blocked for some of those who have the policy, for whom it is not.</summary>
    public IReadOnlyList<string> NotFor { get; init; } = [];
}
