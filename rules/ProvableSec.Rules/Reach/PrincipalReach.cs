using ProvableSec.Rules.Escalation;

namespace ProvableSec.Rules.Reach;

/// <summary>What a user, role or root user provably reaches. What is not listed is not proved to be out of reach.</summary>
/// <param name="Principal">Who, by ARN.</param>
internal sealed record PrincipalReach(string Principal)
{
    /// <summary>Whether they may do everything as they are.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>A shortest chain of steps by which they become administrators; empty for none that was found, and for who is one.</summary>
    public IReadOnlyList<EscalationStep> Chain { get; init; } = [];

    /// <summary>Steps that are allowed, but the dump does not tell whose role or policy they lead to.</summary>
    public IReadOnlyList<EscalationStep> Open { get; init; } = [];

    /// <summary>The services they reach, the highest level first; empty for administrators, who reach all.</summary>
    public IReadOnlyList<ServiceReach> Services { get; init; } = [];

    /// <summary>The levels of which not all services were asked about.</summary>
    public IReadOnlyCollection<ReachLevel> More { get; init; } = [];

    /// <summary>Why something is not known; empty where all is.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The most that is proved.</summary>
    public ReachLevel Level => IsAdministrator || Chain.Count > 0 ? ReachLevel.Administrator : Services.Count > 0 ? Services.Max(service => service.Level)
        : ReachLevel.Nothing;

    /// <summary>Whether they may reach more than is proved.</summary>
    public bool IsOpen => Level != ReachLevel.Administrator && (Unknown.Count > 0 || Open.Count > 0);
}
