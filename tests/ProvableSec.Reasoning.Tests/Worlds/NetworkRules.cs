namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>A request comes through a VPC endpoint, with the keys that say which, or it comes from an address. What services send, or pass on for a caller, is
/// free.</summary>
internal static class NetworkRules
{
    private static readonly string[] OfEndpoint = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];

    private static readonly string[] OfSomeEndpoints = ["aws:sourcevpcarn", "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"];

    public static IEnumerable<string> Violations(SentRequest request)
    {
        if (request.MayComeFromService)
        {
            yield break;
        }

        bool some = OfEndpoint.Concat(OfSomeEndpoints).Any(request.Has);
        string[] lacking = [.. OfEndpoint.Where(request.Lacks)];
        if (some && lacking.Length > 0)
        {
            yield return $"{lacking[0]} is missing, though the request comes through a VPC endpoint";
        }

        if (some && request.Has("aws:sourceip"))
        {
            yield return "aws:sourceip is sent through a VPC endpoint";
        }

        if (request.ThroughEndpoint)
        {
            if (request.Has("aws:sourceip"))
            {
                yield return "aws:sourceip is sent through a VPC endpoint, whose policy is given";
            }

            if (lacking.Length > 0)
            {
                yield return $"{lacking[0]} is missing, though the VPC endpoint's policy is given";
            }
        }
        else if (lacking.Length > 0 && !some && request.Lacks("aws:sourceip"))
        {
            yield return "the request has neither an address nor a VPC endpoint";
        }
    }
}
