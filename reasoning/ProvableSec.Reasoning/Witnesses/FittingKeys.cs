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
        "aws:principalservicenameslist", "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:calledvia",
        "aws:calledviafirst", "aws:calledvialast", "aws:viaawsservice", "aws:tokenissuetime", "aws:multifactorauthage", "aws:resourceaccount",
        "kms:calleraccount", "s3:resourceaccount", "s3:dataaccesspointaccount", "aws:vpceaccount",
    };

    /// <summary>Those of them that the evaluator knows from the caller: it says whether they meet the line.</summary>
    private static readonly HashSet<string> OfCaller = new(StringComparer.Ordinal)
    {
        "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:username",
    };

    private static readonly ContextEntry SomeAddress = new("aws:SourceIp", NetworkKeys.SourceIp, ImmutableArray.Create("192.0.2.1"));

    private static readonly string[] Regions = ["eu-west-1", "us-east-1", "ap-east-1", "eu-central-1", "us-west-2", "sa-east-1"];

    /// <summary>A request with the keys that the lines of a statement ask for; null where no guess is made.</summary>
    public static AccessRequest? On(AccessRequest request, Statement statement)
    {
        foreach (Condition line in statement.Conditions)
        {
            int at = IndexOf(request, line.FoldedKey);
            string? sent = at < 0 ? null : request.Context[at].Values[0];
            if (ValueFor(line, sent) is not { } value)
            {
                return null;
            }

            if (value.Length > 0 && value != sent && !OfCaller.Contains(line.FoldedKey))
            {
                if (NotChosen.Contains(line.FoldedKey) || IsOtherTag(request, line.FoldedKey))
                {
                    return null;
                }

                var entry = new ContextEntry(line.Key, line.FoldedKey, ImmutableArray.Create(value));
                request = request with { Context = at < 0 ? request.Context.Add(entry) : request.Context.SetItem(at, entry) };
            }
        }

        return request;
    }

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
    private static string? ValueFor(Condition line, string? sent)
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

        if (line.Values[0].HasVariables)
        {
            return null;
        }

        string text = line.Values[0].Text;
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
