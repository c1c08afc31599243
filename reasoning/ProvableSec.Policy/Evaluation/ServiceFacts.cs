using ProvableSec.ServiceData;

namespace ProvableSec.Policy.Evaluation;

/// <summary>What the evaluation needs to know of services. Most of it is in the service catalogue; the rest is named here with its source.</summary>
internal static class ServiceFacts
{
    private static readonly HashSet<string> WithoutResourceAccount = new(ResourceAccountActions.NotSent.Where(a => !a.EndsWith("*", StringComparison.Ordinal)),
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ServicesWithoutResourceAccount =
        [.. ResourceAccountActions.NotSent.Where(a => a.EndsWith("*", StringComparison.Ordinal)).Select(a => a.Substring(0, a.Length - 1))];

    /// <summary>Whether an action has resource types; null when it is not known.</summary>
    public static bool? HasResourceTypes(string action) =>
        ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known) ? known.ResourceTypes.Count > 0 : null;

    /// <summary>Whether resource control policies reach an action: its service takes part, it has a resource, and it is not exempt.</summary>
    public static bool IsReachedByResourceControl(string action) =>
        action.IndexOf(':') is var colon and > 0
        && ServiceCatalogue.Default.IsRcpService(action.Substring(0, colon))
        && HasResourceTypes(action) != false
        && !action.Equals("kms:RetireGrant", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a service has gateway endpoints.</summary>
    public static bool HasGatewayEndpoint(string action) =>
        CaseFold.StartsWith(action.AsSpan(), "s3:".AsSpan()) || CaseFold.StartsWith(action.AsSpan(), "dynamodb:".AsSpan());

    /// <summary>Whether AWS sends <c>aws:ResourceAccount</c> with an action.</summary>
    public static bool SendsResourceAccount(string action)
    {
        if (WithoutResourceAccount.Contains(action))
        {
            return false;
        }

        foreach (string service in ServicesWithoutResourceAccount)
        {
            if (CaseFold.StartsWith(action.AsSpan(), service.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
