using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Translation;

/// <summary>As what a statement names the caller, each way a formula; of a grant it depends which other policies limit it (docs/semantics.md, lines 10 and
/// 12).</summary>
/// <param name="Account">By its account.</param>
/// <param name="Role">By the ARN of its role.</param>
/// <param name="User">By the ARN of the user.</param>
/// <param name="Session">By the ARN of the role session or federated user.</param>
/// <param name="Everyone">As everyone.</param>
/// <param name="Outsider">As a service or provider.</param>
/// <param name="Unknown">In a way that cannot be compared with any caller.</param>
internal readonly record struct PrincipalFormulas(Formula Account, Formula Role, Formula User, Formula Session, Formula Everyone,
    Formula Outsider, Formula Unknown)
{
    /// <summary>Not at all.</summary>
    public static PrincipalFormulas Nobody { get; } =
        new(Formula.False, Formula.False, Formula.False, Formula.False, Formula.False, Formula.False,
            Formula.False);

    /// <summary>As everyone.</summary>
    public static PrincipalFormulas All { get; } = Nobody with { Everyone = Formula.True };

    /// <summary>In some way.</summary>
    public Formula Any(FormulaBuilder graph) => graph.Or(Account, Role, User, Session, Everyone, Outsider, Unknown);

    /// <summary>In the ways of either.</summary>
    public PrincipalFormulas Or(PrincipalFormulas other, FormulaBuilder graph) => new(
        graph.Or(Account, other.Account),
        graph.Or(Role, other.Role),
        graph.Or(User, other.User),
        graph.Or(Session, other.Session),
        graph.Or(Everyone, other.Everyone),
        graph.Or(Outsider, other.Outsider),
        graph.Or(Unknown, other.Unknown));

    /// <summary>In these ways, where a condition holds.</summary>
    public PrincipalFormulas Where(Formula condition, FormulaBuilder graph) => new(
        graph.And(Account, condition),
        graph.And(Role, condition),
        graph.And(User, condition),
        graph.And(Session, condition),
        graph.And(Everyone, condition),
        graph.And(Outsider, condition),
        graph.And(Unknown, condition));
}
