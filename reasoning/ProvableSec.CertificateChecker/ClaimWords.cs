using ProvableSec.Policy.Cases;

namespace ProvableSec.CertificateChecker;

/// <summary>Claims in words.</summary>
internal static class ClaimWords
{
    public static string Of(CertifiedQuestion question)
    {
        string policy = Of(question.Subject), requests = question.Request.IsAny ? "" : ", of the requests in question,";
        string claim = question.Question switch
        {
            "no-new-access" => $"every request{requests} that {policy} {Allows(question.Subject)}, {Of(question.Baseline!)} {Allows(question.Baseline!)}",
            "equivalent" => $"{policy} and {Of(question.Baseline!)} {(question.Subject.LetsThrough && question.Baseline!.LetsThrough ? "let through" : "allow")} the same requests{requests.TrimEnd(',')}",
            "not-granted" => $"no request{requests} that {Of(question.Property!)} describes is {(question.Subject.LetsThrough ? "let through" : "allowed")} by {policy}",
            "granted" => $"every request{requests} that {Of(question.Property!)} describes is allowed by {policy}",
            _ => $"no completion of the request is allowed by {policy}",
        };
        return claim + (question.AsOf is { } day ? $", of requests not made before {day}" : "") + (question.DefaultReadingsOnly ? ", under the default readings" : "");
    }

    private static string Allows(CertifiedSubject subject) => subject.LetsThrough ? "lets through" : "allows";

    private static string Of(CertifiedDocument document) => document.Name.Length > 0 ? document.Name : $"document {document.Number}";

    private static string Of(CertifiedSubject subject)
    {
        if (subject.Document is { } document)
        {
            return Of(document);
        }

        CertifiedStack stack = subject.Stack!;
        var layers = new List<string>();
        Add(PolicyLayer.IdentityPolicies, stack.IdentityPolicies ?? []);
        Add(PolicyLayer.PermissionsBoundary, stack.PermissionsBoundary is { } boundary ? [boundary] : []);
        Add(PolicyLayer.SessionPolicies, stack.SessionPolicies ?? []);
        Add(PolicyLayer.ResourcePolicy, stack.ResourcePolicy is { } resource ? [resource] : []);
        if (stack.ResourcePolicy is null)
        {
            layers.Add(stack.HasNoResourcePolicy ? "no resourcePolicy" : "a resourcePolicy that is not given");
        }

        Add(PolicyLayer.VpcEndpointPolicies, stack.VpcEndpointPolicies);
        Add(PolicyLayer.ServiceControlPolicies, stack.ServiceControlPolicies?.SelectMany(l => l) ?? []);
        Add(PolicyLayer.ResourceControlPolicies, stack.ResourceControlPolicies?.SelectMany(l => l) ?? []);
        return $"the stack of {string.Join("; ", layers)}";

        void Add(PolicyLayer layer, IEnumerable<CertifiedDocument> documents)
        {
            if (documents.Any())
            {
                layers.Add($"{PolicySlot.NameOf(layer)} {string.Join(", ", documents.Select(Of))}");
            }
        }
    }
}
