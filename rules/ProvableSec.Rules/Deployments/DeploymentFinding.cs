using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>A secret in what is deployed, or one that is shown or left open there.</summary>
/// <param name="Finding">What and where; no value is in its message.</param>
/// <param name="IsWritten">Whether it points at the secret, which nothing may show.</param>
/// <param name="Owner">What it belongs to, for people: a resource, a container.</param>
/// <param name="Name">What the secret is called there, for its fingerprint.</param>
internal sealed record DeploymentFinding(PolicyFinding Finding, bool IsWritten, string Owner, string Name)
{
    /// <summary>All characters of the value, where the finding points at its beginning only: how long a secret is says something of it.</summary>
    public TextRange Value { get; init; } = Finding.Span;

    /// <summary>Whether nothing may show the lines of the value: it is a secret, or may be one.</summary>
    public bool IsHidden { get; init; } = IsWritten;
}
