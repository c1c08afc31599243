using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>A statement of a policy (IAM User Guide, "Policy elements reference"). Immutable.</summary>
public sealed class Statement
{
    /// <summary>Creates a statement.</summary>
    public Statement(
        int index,
        string? sid,
        Effect effect,
        PrincipalClause? principal,
        ActionClause action,
        ResourceClause? resource,
        ImmutableArray<Condition> conditions,
        TextRange span)
    {
        Index = index;
        Sid = sid;
        Effect = effect;
        Principal = principal;
        Action = action;
        Resource = resource;
        Conditions = conditions;
        Span = span;
    }

    /// <summary>Its place in the document, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Its Sid, if it has one.</summary>
    public string? Sid { get; }

    /// <summary>Allow or Deny.</summary>
    public Effect Effect { get; }

    /// <summary>Principal or NotPrincipal; null when the statement has neither.</summary>
    public PrincipalClause? Principal { get; }

    /// <summary>Action or NotAction.</summary>
    public ActionClause Action { get; }

    /// <summary>Resource or NotResource; null in trust policies, which have neither.</summary>
    public ResourceClause? Resource { get; }

    /// <summary>All lines of the Condition block, in the order of the text.</summary>
    public ImmutableArray<Condition> Conditions { get; }

    /// <summary>The whole statement, braces included.</summary>
    public TextRange Span { get; }

    /// <summary>What the prover keeps of it for the next question; made when first asked for. Two threads may make the same thing twice.</summary>
    internal object? Compiled { get; set; }

    /// <summary>What the evaluator keeps of it, likewise.</summary>
    internal object? Prepared { get; set; }
}
