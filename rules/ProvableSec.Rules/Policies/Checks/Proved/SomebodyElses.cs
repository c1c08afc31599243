using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Resources of others that actions may be about: ARNs with a name that nobody uses. Who may act on them may act on all of their kind.</summary>
internal sealed class SomebodyElses(CheckedPolicy policy)
{
    private const int MostPlaces = 3;
    private const string Usual = "another-team-production", Letters = "qzxjvwkybfghpmudlcrnsoitae0123456789";
    private const int Length = 24;

    private readonly Dictionary<string, IReadOnlyList<string>> known = new(StringComparer.Ordinal);
    private Place[]? places;
    private string? unnamed;

    /// <summary>A name that no pattern of the policy takes for a letter in it, such as <c>p*</c>.</summary>
    private string Unnamed => unnamed ??= Name();

    /// <summary>The ARNs, or <c>*</c> where the action has no resource.</summary>
    public IReadOnlyList<string> ResourcesOf(string action)
    {
        if (!known.TryGetValue(action, out IReadOnlyList<string>? resources))
        {
            string[] arns = policy.Catalogue.TryGetAction(action, out ServiceAction? found)
                ? [.. found.ResourceTypes.SelectMany(reference => reference.ResourceType.ArnFormats).SelectMany(Named).Distinct(StringComparer.Ordinal)]
                : [];
            known.Add(action, resources = arns.Length > 0 ? arns : ["*"]);
        }

        return resources;
    }

    /// <summary>ARNs of a format, written out: a star would reach over colons. They lie where the policy's own resources lie.</summary>
    private IEnumerable<string> Named(string format)
    {
        PolicyArn arn = PolicyArn.TryParse(format)!;
        string resource = GlobText.Filled(arn.Resource, Unnamed);
        return (places ??= Places()).Select(place =>
            $"arn:{Literal(arn.Partition, place.Partition)}:{Literal(arn.Service, "ec2")}:"
                + $"{(arn.Region.Length == 0 ? "" : Literal(arn.Region, place.Region))}:"
                + $"{(arn.Account.Length == 0 ? "" : Literal(arn.Account, place.Account))}:{resource}");
    }

    private string Name()
    {
        string[] parts = [.. policy.Statements.SelectMany(statement => statement.Resource?.Items ?? []).Where(item => item.HasWildcard)
            .SelectMany(item => (PolicyArn.TryParse(item.Text)?.Resource ?? item.Text).Split('/', ':'))
            .Where(part => part.IndexOfAny(GlobText.Wildcards) >= 0 && !GlobText.IsEverything(part)).Distinct(StringComparer.Ordinal)];
        return parts.Any(part => GlobText.Covers(part, Usual, foldCase: false, policy.Budget))
            && Letters.FirstOrDefault(letter => !parts.Any(part => part.IndexOf(letter) >= 0)) is > '\0' and var other
            ? new string(other, Length)
            : Usual;
    }

    private Place[] Places() =>
    [
        .. policy.Statements.SelectMany(statement => statement.Resource?.Items ?? [])
            .Select(item => PolicyArn.TryParse(item.Text)).Where(own => own is { IsComplete: true })
            .Select(own => new Place(Literal(own!.Partition, "aws"), Literal(own.Region, "us-east-1"), Literal(own.Account, "111122223333")))
            .Append(new Place("aws", "us-east-1", "111122223333")).Distinct().Take(MostPlaces),
    ];

    private static string Literal(string field, string otherwise) => field.Length > 0 && PolicyArn.IsLiteral(field) ? field : otherwise;

    // No tuple: code for lists of those is compiled anew in each process of the compiler.
    private sealed record Place(string Partition, string Region, string Account);
}
