using System.Globalization;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Keys that go together, or are two names of one thing.</summary>
internal static partial class LinkRules
{
    private static readonly string[] CalledVia = ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

    public static IEnumerable<string> Violations(SentRequest request)
    {
        if (request.Has("aws:multifactorauthage") && !request.IsTruth("aws:multifactorauthpresent", "true", whenOpen: true))
        {
            yield return "aws:multifactorauthage is sent without MFA";
        }

        if (request.Of("aws:tagkeys") is { } tags && request.Context.Where(e => e.Values.Length > 0).Select(SentRequest.TagOf).OfType<string>().Any(t => !tags.Contains(t, StringComparer.OrdinalIgnoreCase)))
        {
            yield return "a tag of aws:requesttag is not in aws:tagkeys";
        }

        if (CalledVia.Any(request.Has) && !request.IsTruth("aws:viaawsservice", "true", whenOpen: true))
        {
            yield return "aws:calledvia is sent though aws:viaawsservice is not true";
        }

        if (request.Of("aws:currenttime") is [var current] && request.Of("aws:epochtime") is [var epoch] && Moment(current)?.ToUnixTimeSeconds() != Moment(epoch)?.ToUnixTimeSeconds())
        {
            yield return "aws:currenttime and aws:epochtime are not one moment";
        }

        if (request.Of("aws:tokenissuetime") is [var issued] && request.Of("aws:currenttime") is [var now] && Moment(issued) > Moment(now))
        {
            yield return "aws:tokenissuetime is after aws:currenttime";
        }

        foreach (string problem in Same(request, "s3:resourceaccount", "aws:resourceaccount", request.Service == "s3"))
        {
            yield return problem;
        }

        foreach (string problem in Same(request, "kms:calleraccount", "aws:principalaccount", request.Service == "kms" && request.HasAccount))
        {
            yield return problem;
        }

        foreach (ContextEntry entry in request.Context)
        {
            int colon = entry.FoldedKey.IndexOf(':', StringComparison.Ordinal);
            string tag = colon < 0 ? "" : entry.FoldedKey[colon..];
            if (!tag.StartsWith(":resourcetag/", StringComparison.Ordinal))
            {
                continue;
            }

            string own = request.Service + tag;
            foreach (string problem in entry.FoldedKey.StartsWith("aws:", StringComparison.Ordinal)
                ? Same(request, own, "aws" + tag, ServiceCatalogue.Default.FindKeyType(own) is not null)
                : Same(request, entry.FoldedKey, "aws" + tag, entry.FoldedKey == own))
            {
                yield return problem;
            }
        }
    }

    /// <summary>Two names of one value: whoever sends the service's own sends the other, and where they come together, the other way round.</summary>
    private static IEnumerable<string> Same(SentRequest request, string own, string common, bool together)
    {
        string[]? one = request.Of(own), other = request.Of(common);
        if (one is { Length: > 0 } && other is not null && !one.SequenceEqual(other))
        {
            yield return $"{own} is not {common}";
        }
        else if (together && one is { Length: 0 } && other is { Length: > 0 })
        {
            yield return $"{common} is sent without {own}";
        }
    }

    /// <summary>The moment that a text is: of the W3C's profile of ISO 8601, or seconds since 1970; null when it is none.</summary>
    public static DateTimeOffset? Moment(string text)
    {
        if (Epoch.IsMatch(text))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) && seconds is >= -62135596800 and <= 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        // Fractions are cut to what the platform holds.
        string cut = Fraction.Replace(text, "$1");
        string whole = cut.Length == 4 ? cut + "-01-01" : cut.Length == 7 ? cut + "-01" : cut;
        return Iso.IsMatch(text) && DateTimeOffset.TryParse(whole, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
    }

    [GeneratedRegex(@"^(-?[0-9]{1,3}|-[0-9]{4,}|[0-9]{5,})\z")]
    private static partial Regex Epoch { get; }

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex Fraction { get; }

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?\z")]
    private static partial Regex Iso { get; }
}
