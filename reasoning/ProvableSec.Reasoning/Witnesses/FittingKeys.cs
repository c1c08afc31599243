using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// A guess at the condition keys with which a request meets the conditions of a statement: a value that each line names, and nothing where an absent key meets
/// it. Whoever uses it asks the evaluator whether the guess was right.
/// </summary>
internal static class FittingKeys
{
    /// <summary>Keys that follow from the rest of the request, or are sent by services only: nobody chooses their values.</summary>
    private static readonly HashSet<string> NotChosen = new(StringComparer.Ordinal)
    {
        "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username", "aws:userid", "aws:principalisawsservice", "aws:principalservicename",
        "aws:principalservicenameslist", "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner",
        "aws:tokenissuetime", "aws:multifactorauthage", "aws:resourceaccount",
        "kms:calleraccount", "s3:dataaccesspointaccount", "aws:vpceaccount",
    };

    /// <summary>Those of them that the evaluator knows from the caller: it says whether they meet the line.</summary>
    private static readonly HashSet<string> OfCaller = new(StringComparer.Ordinal)
    {
        "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username",
    };

    private const string OwnerAccount = "aws:resourceaccount", OwnerOfBucket = "s3:resourceaccount",
        CallersOrgId = "aws:principalorgid", SomeOrganization = "o-a1b2c3d4e5";

    private static readonly ContextEntry SomeAddress = new("aws:SourceIp", NetworkKeys.SourceIp, ImmutableArray.Create("192.0.2.1"));

    /// <summary>Of long lists the first few resources will do.</summary>
    private const int MostResources = 4;

    private static readonly string[] Regions = ["eu-west-1", "us-east-1", "ap-east-1", "eu-central-1", "us-west-2", "sa-east-1"];

    /// <summary>A request with the keys that the lines of a statement ask for; null where no guess is made.</summary>
    /// <param name="request">The request, with the keys that AWS always sends as far as the question asks about them.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="asks">The keys that the question asks about, in lower case.</param>
    public static AccessRequest? On(AccessRequest request, Statement statement, ICollection<string> asks)
    {
        request = WithVariables(request, statement);
        foreach (Condition line in statement.Conditions)
        {
            int at = IndexOf(request, line.FoldedKey);
            string? sent = at < 0 ? null : request.Context[at].Values[0];
            if (ValueFor(line, sent, request) is not { } value)
            {
                return null;
            }

            if (value.Length == 0 || value == sent || OfCaller.Contains(line.FoldedKey))
            {
                continue;
            }

            if (line.FoldedKey is OwnerAccount or OwnerOfBucket && CallerPrincipal.IsTwelveDigits(value))
            {
                request = request with { ResourceAccount = value };
                if (line.FoldedKey == OwnerAccount)
                {
                    // The evaluator knows it from the owner.
                    continue;
                }
            }

            if (NotChosen.Contains(line.FoldedKey) || IsOtherTag(request, line.FoldedKey) || IsOtherService(line.FoldedKey, asks))
            {
                return null;
            }

            request = With(request, new ContextEntry(line.Key, line.FoldedKey, ImmutableArray.Create(value)));
            if (Array.IndexOf(CallerKeys.CalledVia, line.FoldedKey) >= 0 && IndexOf(request, NetworkKeys.ViaService) is var via and >= 0)
            {
                request = With(request, request.Context[via] with { Values = ImmutableArray.Create("true") });
            }
        }

        return request;
    }

    private static AccessRequest With(AccessRequest request, ContextEntry entry) => request with
    {
        Context = IndexOf(request, entry.FoldedKey) is var at and >= 0 ? request.Context.SetItem(at, entry) : request.Context.Add(entry),
    };

    /// <summary>The request with a value of each key that a variable of a statement names and that it can be given.</summary>
    private static AccessRequest WithVariables(AccessRequest request, Statement statement)
    {
        // What a request must not be, it is not where a variable has no value.
        foreach (PolicyPattern pattern in statement.Conditions.Where(line => !line.Operator.IsNegated).SelectMany(line => line.Values.Take(1))
            .Concat(statement.Resource is { IsNot: false } resource ? resource.Patterns.Take(MostResources) : [])
            .Where(pattern => pattern.HasVariables))
        {
            foreach (PatternPart part in pattern.Parts.Where(part => part is { Kind: PatternPartKind.Variable, Default: null }))
            {
                string folded = part.Text.ToLowerInvariant();
                if (folded == OwnerAccount && request.ResourceAccount is null && request.Principal.Account.Length > 0)
                {
                    request = request with { ResourceAccount = request.Principal.Account };
                }
                else if (!NotChosen.Contains(folded) && VariableValues.Of(request, folded) is null)
                {
                    request = With(request, new ContextEntry(part.Text, folded, ImmutableArray.Create(folded == CallersOrgId ? SomeOrganization : "example")));
                }
            }
        }

        return request;
    }

    /// <summary>Whether a key and another one that the question asks about say through which services a request comes.</summary>
    private static bool IsOtherService(string key, ICollection<string> asks) =>
        Array.IndexOf(CallerKeys.CalledVia, key) >= 0 && Array.Exists(CallerKeys.CalledVia, other => other != key && asks.Contains(other));

    /// <summary>The request with an address where the question asks about addresses and VPC endpoints, and it comes through none of these.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asks">The keys that the question asks about, in lower case.</param>
    public static AccessRequest FromSomewhere(AccessRequest request, ICollection<string> asks)
    {
        return asks.Contains(NetworkKeys.SourceIp) && IndexOf(request, NetworkKeys.SourceIp) < 0 && Array.Exists(NetworkKeys.OfEndpoint, asks.Contains)
            && !Array.Exists(NetworkKeys.OfEndpoint, IsSent) && !Array.Exists(NetworkKeys.OfSomeEndpoints, IsSent)
                ? request with { Context = request.Context.Add(SomeAddress) } : request;

        bool IsSent(string key) => IndexOf(request, key) >= 0;
    }

    /// <summary>Whether a key and those of a request say which tags are sent, in two ways.</summary>
    private static bool IsOtherTag(AccessRequest request, string key) => key == "aws:tagkeys"
        ? request.Context.Any(e => e.FoldedKey.StartsWith("aws:requesttag/", StringComparison.Ordinal))
        : key.StartsWith("aws:requesttag/", StringComparison.Ordinal) && IndexOf(request, "aws:tagkeys") >= 0;

    private static int IndexOf(AccessRequest request, string foldedKey)
    {
        for (int i = 0; i < request.Context.Length; i++)
        {
            if (request.Context[i].FoldedKey == foldedKey)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A value for the key of a line; empty where the request need not be changed, null where there is no guess.</summary>
    /// <param name="line">The line.</param>
    /// <param name="sent">The value that the request has by now, or null.</param>
    /// <param name="request">The request.</param>
    private static string? ValueFor(Condition line, string? sent, AccessRequest request)
    {
        ConditionOperator op = line.Operator;
        if (op.Comparison == ConditionComparison.Null)
        {
            bool absent = line.Values.Length > 0 && line.Values[0].Text.Equals("true", StringComparison.OrdinalIgnoreCase);
            return absent ? sent is null ? "" : null : sent is null ? Any(line) : "";
        }

        if (line.Values.IsEmpty)
        {
            return null;
        }

        if (op.IsNegated)
        {
            // An absent key meets it; of those that are always sent the Region is the one that policies exclude.
            return sent is null && op.Set != SetOperator.ForAnyValue ? ""
                : sent is null ? Any(line)
                : line.FoldedKey != "aws:requestedregion" ? ""
                : Array.Find(Regions, region => !line.Values.Any(value => value.Text.StartsWith(region.Substring(0, 3), StringComparison.Ordinal)));
        }

        if (sent is null && (op.IfExists || op.Set == SetOperator.ForAllValues))
        {
            return "";
        }

        if (VariableValues.Filled(line.Values[0], request) is not { } text)
        {
            return null;
        }

        return ComparisonFacts.Of(op.Comparison) switch
        {
            { Family: ComparisonFamily.IpAddress } => text.Split('/')[0],
            { Family: ComparisonFamily.Date } => null,
            { Family: ComparisonFamily.Numeric, Order: ComparisonOrder.Less } => Beside(text, -1),
            { Family: ComparisonFamily.Numeric, Order: ComparisonOrder.Greater } => Beside(text, 1),
            { Positive: ConditionComparison.StringLike } or { Family: ComparisonFamily.Arn } => text.Replace("*", "example").Replace('?', 'x'),
            _ => text,
        };
    }

    /// <summary>The number beside a whole number.</summary>
    private static string? Beside(string text, int step) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && number is > 0 and < int.MaxValue ? (number + step).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Some value of a key of which any will do.</summary>
    private static string? Any(Condition line) => ServiceCatalogue.Default.FindKeyType(line.FoldedKey)?.Type switch
    {
        null or ConditionKeyType.String => "example",
        ConditionKeyType.Arn => $"arn:aws:{ServiceOf(line.FoldedKey)}:eu-west-1:111122223333:example",
        _ => null,
    };

    private static string ServiceOf(string key) =>
        key.IndexOf(':') is var colon and > 0 && key.Substring(0, colon) is var service && service != "aws" ? service : "ec2";
}
