namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Whose the resource is: its ARN, the case and <c>aws:ResourceAccount</c> say the same.</summary>
internal static class OwnershipRules
{
    public static IEnumerable<string> Violations(SentRequest request)
    {
        if (request.NamedOwner is { } named && request.GivenOwner is { } given && named != given)
        {
            yield return "the resource belongs to another account than its ARN names";
        }

        if (request.Resource == "*" && request.HasAccount && request.GivenOwner is { } owner && owner != request.Caller.Account)
        {
            yield return "a resource of * belongs to another account than the caller's";
        }

        if (!request.SendsOwner)
        {
            // AWS's pages disagree on aws:ResourceAccount with ec2:CreateVolume: either may be.
            bool either = request.Action.Equals("ec2:CreateVolume", StringComparison.OrdinalIgnoreCase);
            foreach (string key in ((string[])["aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"])
                .Where(k => request.Has(k) && !(either && k == "aws:resourceaccount")))
            {
                yield return $"{key} is not sent with {request.Action}";
            }
        }
        else if (request.Lacks("aws:resourceaccount"))
        {
            yield return "aws:resourceaccount is always sent with this action";
        }
        else if (request.Owner is { } sent && request.Differs("aws:resourceaccount", sent))
        {
            yield return "aws:resourceaccount is not the resource's account";
        }
    }
}
