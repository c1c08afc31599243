using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>The kinds of principal a policy can name (IAM User Guide, "IAM JSON policy elements: Principal").</summary>
public enum PrincipalEntryKind
{
    /// <summary><c>"*"</c> standing alone.</summary>
    Everyone,

    /// <summary>An account, user, role, session or federated user, or <c>*</c>.</summary>
    Aws,

    /// <summary>An AWS service, such as <c>lambda.amazonaws.com</c>.</summary>
    Service,

    /// <summary>A web identity or SAML provider.</summary>
    Federated,

    /// <summary>An account by its S3 canonical user id.</summary>
    CanonicalUser,
}

/// <summary>One principal of a Principal or NotPrincipal element.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Value">The principal as written.</param>
/// <param name="Span">Its characters, quotes included.</param>
public readonly record struct PrincipalEntry(PrincipalEntryKind Kind, string Value, TextRange Span);

/// <summary>The Principal or NotPrincipal element of a statement.</summary>
/// <param name="IsNot">True for NotPrincipal.</param>
/// <param name="Entries">The principals in the order of the text; <c>"*"</c> alone is one entry of kind <see cref="PrincipalEntryKind.Everyone"/>.</param>
/// <param name="NameSpan">The characters of the element's name.</param>
public sealed record PrincipalClause(bool IsNot, ImmutableArray<PrincipalEntry> Entries, TextRange NameSpan);
