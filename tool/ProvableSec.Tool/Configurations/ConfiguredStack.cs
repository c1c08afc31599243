using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>A named stack: one that the configuration spells out, or that of a user, role or resource of a document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stack">The stack; null when it has errors.</param>
/// <param name="Problems">The errors.</param>
/// <param name="Warnings">What is odd about it.</param>
internal sealed record ConfiguredStack(string Name, PolicyStack? Stack, ImmutableArray<PolicyProblem> Problems, ImmutableArray<PolicyProblem> Warnings)
{
    /// <summary>Whose policies they are; null where nobody says.</summary>
    public CallerPrincipal? Caller { get; init; }

    /// <summary>The account of the resource whose policy it is; null where nobody says.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>Why nothing may be concluded about it, in a sentence without a stop; null where something may.</summary>
    public string? Undecided { get; init; }

    /// <summary>What it is called without the deployment that it is of, where there are several.</summary>
    public string Holder { get; init; } = Name;

    /// <summary>The least that the stack can allow, where values are known only at deployment; null where it is the stack itself. <see cref="Stack"/> is then
    /// the most.</summary>
    public PolicyStack? AtLeast { get; init; }

    /// <summary>The stack with names for the values that are known only at deployment; null where there are none.</summary>
    public PolicyStack? Named { get; init; }

    /// <summary>Which values these are, in a sentence without a stop; null where there are none.</summary>
    public string? Open { get; init; }

    /// <summary>Policies that may grant more than the stack does, or deny it, and are not known, in sentences without a stop.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];

    /// <summary>What may take away from what the stack grants and is not known.</summary>
    public ImmutableArray<string> UnknownLimits { get; init; } = [];

    /// <summary>Whether somebody means the stack by a pattern: by its name, or the ARN of whose policies they are.</summary>
    public bool Matches(Func<string, bool> pattern) => pattern(Name) || pattern(Holder) || (Caller is { } caller && pattern(caller.Name));
}
