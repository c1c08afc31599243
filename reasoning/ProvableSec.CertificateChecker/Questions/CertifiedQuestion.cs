using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.CertificateChecker;

/// <summary>A policy as a certificate holds it.</summary>
/// <param name="Number">Its place in the certificate.</param>
/// <param name="Name">What it was called; it decides nothing.</param>
/// <param name="Policy">What its text says.</param>
internal sealed record CertifiedDocument(int Number, string Name, PolicyDocument Policy)
{
    /// <summary>How clauses name it.</summary>
    public string Origin => $"document {Number}";
}

/// <summary>Policies that decide together.</summary>
internal sealed record CertifiedStack
{
    /// <summary>The documents of each layer, level by level; one document and a list are one level. Null for a layer that the claim does not give.</summary>
    public IReadOnlyDictionary<PolicyLayer, IReadOnlyList<IReadOnlyList<CertifiedDocument>>?> Layers { get; init; } =
        new Dictionary<PolicyLayer, IReadOnlyList<IReadOnlyList<CertifiedDocument>>?>();

    public IReadOnlyList<CertifiedDocument>? IdentityPolicies => List(PolicyLayer.IdentityPolicies);

    public CertifiedDocument? PermissionsBoundary => List(PolicyLayer.PermissionsBoundary)?[0];

    public IReadOnlyList<CertifiedDocument>? SessionPolicies => List(PolicyLayer.SessionPolicies);

    public CertifiedDocument? ResourcePolicy => List(PolicyLayer.ResourcePolicy)?[0];

    /// <summary>True when the resource has no policy; false with a <see cref="ResourcePolicy"/> of null is one that nobody gave.</summary>
    public bool HasNoResourcePolicy { get; init; }

    /// <summary>True when the resource may have a policy that nobody gave.</summary>
    public bool HasUnknownResourcePolicy => ResourcePolicy is null && !HasNoResourcePolicy;

    public IReadOnlyList<CertifiedDocument> VpcEndpointPolicies => List(PolicyLayer.VpcEndpointPolicies) ?? [];

    public IReadOnlyList<IReadOnlyList<CertifiedDocument>>? ServiceControlPolicies => Of(PolicyLayer.ServiceControlPolicies);

    public IReadOnlyList<IReadOnlyList<CertifiedDocument>>? ResourceControlPolicies => Of(PolicyLayer.ResourceControlPolicies);

    /// <summary>The documents of a layer, level by level; null when it is not given.</summary>
    public IReadOnlyList<IReadOnlyList<CertifiedDocument>>? Of(PolicyLayer layer) =>
        Layers.TryGetValue(layer, out IReadOnlyList<IReadOnlyList<CertifiedDocument>>? levels) ? levels : null;

    private IReadOnlyList<CertifiedDocument>? List(PolicyLayer layer) => Of(layer)?[0];

    public Organization? Organization { get; init; }

    public string? Account { get; init; }
}

/// <summary>What is asked about: a document, or a stack.</summary>
/// <param name="Document">The document.</param>
/// <param name="Stack">The stack.</param>
/// <param name="LetsThrough">Whether all that the document does not deny is meant.</param>
internal sealed record CertifiedSubject(CertifiedDocument? Document, CertifiedStack? Stack, bool LetsThrough = false);

/// <summary>What the question says of a part of the request.</summary>
/// <param name="IsAbsent">It has no value.</param>
/// <param name="Texts">Texts it may be.</param>
/// <param name="Like">Patterns it may match.</param>
internal sealed record CertifiedField(bool IsAbsent, IReadOnlyList<string> Texts, IReadOnlyList<string> Like);

/// <summary>The requests that the question speaks of.</summary>
internal sealed record CertifiedRequest
{
    /// <summary>True when nothing is said: every request is meant.</summary>
    public bool IsAny => Principal is null && PrincipalType is null && Action is null && Resource is null && ResourceAccount is null && Context.Count == 0;

    public CallerPrincipal? Principal { get; init; }

    public PrincipalKind? PrincipalType { get; init; }

    public CertifiedField? Action { get; init; }

    public CertifiedField? Resource { get; init; }

    public string? ResourceAccount { get; init; }

    public IReadOnlyList<KeyValuePair<string, CertifiedField>> Context { get; init; } = [];
}

/// <summary>What a certificate claims, as it is meant: a question and what was proved of it.</summary>
internal sealed record CertifiedQuestion
{
    /// <summary>The name of the question: <c>not-granted</c>.</summary>
    public required string Question { get; init; }

    /// <summary>The type of a lone document, as queries write it.</summary>
    public required string Type { get; init; }

    /// <summary>True when only the default reading of each disputed point was asked about.</summary>
    public required bool DefaultReadingsOnly { get; init; }

    /// <summary>The assumptions about the world that the proof makes.</summary>
    public required IReadOnlyList<string> Given { get; init; }

    /// <summary>The day, as yyyy-MM-dd, before which no request is made; null where the proof does not assume one.</summary>
    public string? AsOf { get; init; }

    public required IReadOnlyList<CertifiedDocument> Documents { get; init; }

    public required CertifiedSubject Subject { get; init; }

    public CertifiedSubject? Baseline { get; init; }

    public CertifiedDocument? Property { get; init; }

    public CertifiedRequest Request { get; init; } = new();

    /// <summary>True when two subjects are compared.</summary>
    public bool Compares => Baseline is not null;

    /// <summary>True when some stack has a resource policy that nobody gave.</summary>
    public bool HasUnknownResourcePolicy => Subject.Stack is { HasUnknownResourcePolicy: true } || Baseline?.Stack is { HasUnknownResourcePolicy: true };

    /// <summary>True when the callers in question have the identity policies of a stack.</summary>
    public bool HasIdentities => Subject.Stack?.IdentityPolicies is not null || Baseline?.Stack?.IdentityPolicies is not null;
}
