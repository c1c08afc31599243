using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Differences;

/// <summary>What a change of a policy, or of all policies of a principal, lets anybody do. Immutable.</summary>
internal sealed record DifferenceQuestion
{
    /// <summary>The policy as it was; null where there was none.</summary>
    public PolicyDocument? Before { get; init; }

    /// <summary>The policy as it becomes; null where there is none any more.</summary>
    public PolicyDocument? After { get; init; }

    /// <summary>All policies of a principal as they were, in place of <see cref="Before"/>.</summary>
    public PolicyStack? StackBefore { get; init; }

    /// <summary>All policies of a principal as they become, in place of <see cref="After"/>.</summary>
    public PolicyStack? StackAfter { get; init; }

    /// <summary>Whose stacks they are; null where nobody knows.</summary>
    public CallerPrincipal? Caller { get; init; }

    /// <summary>What the policies are; it plays no part for stacks.</summary>
    public PolicyType Type { get; init; } = PolicyType.Identity;

    /// <summary>False where the policies have values that are made up in place of ones that nobody knows, so that nothing is concluded from how names in AWS
    /// look.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Steps that each proof may cost.</summary>
    public long Budget { get; init; } = Query.DefaultBudget;

    /// <summary>The day, as yyyy-MM-dd, before which no request is made.</summary>
    public string AsOf { get; init; } = ServiceData.ServiceCatalogue.Default.Date;

    /// <summary>Which requests there are.</summary>
    public World World { get; init; } = World.Aws;
}
