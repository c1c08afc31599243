using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>Who can do something, or what somebody can do, in the accounts of a dump. Immutable.</summary>
public sealed record AccessQuestion
{
    /// <summary>The users and roles, and their policies.</summary>
    public required AccountDump Dump { get; init; }

    /// <summary>The organization's control policies.</summary>
    public OrganizationControls Controls { get; init; } = OrganizationControls.None;

    /// <summary>The actions asked about, with wildcards.</summary>
    public ImmutableArray<string> Actions { get; init; } = ImmutableArray.Create("*");

    /// <summary>The resources asked about, with wildcards; null for all, and for actions that have none.</summary>
    public string? Resource { get; init; }

    /// <summary>ARN of the only principal asked about; null for all of the dump.</summary>
    public string? Principal { get; init; }

    /// <summary>Whether the root users of the accounts are asked about, too. A dump does not list them.</summary>
    public bool WithRootUsers { get; init; }

    /// <summary>The resources whose policies are known; they are asked about one by one, each with its policy.</summary>
    internal ImmutableArray<ResourceWithPolicy> Resources { get; init; } = ImmutableArray<ResourceWithPolicy>.Empty;

    /// <summary>Steps that each proof may cost.</summary>
    public long Budget { get; init; } = Query.DefaultBudget;

    /// <summary>Steps that all proofs together may cost: what is left by then is undecided.</summary>
    public long TotalBudget => Budget > long.MaxValue / ProofsOfAnswer ? long.MaxValue : Budget * ProofsOfAnswer;

    /// <summary>An answer may cost as much as this many of its proofs; an ordinary one costs some thousand steps.</summary>
    private const int ProofsOfAnswer = 5;

    /// <summary>The day, as yyyy-MM-dd, before which no request is made.</summary>
    public string AsOf { get; init; } = ServiceData.ServiceCatalogue.Default.Date;

    /// <summary>Which requests there are.</summary>
    public World World { get; init; } = World.Aws;

    /// <summary>True to ask about the default reading of each disputed point only.</summary>
    public bool DefaultReadingsOnly { get; init; }
}
