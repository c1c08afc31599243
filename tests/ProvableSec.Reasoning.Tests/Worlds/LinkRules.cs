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

        if (request.Of("aws:tagkeys") is { } tags && request.Context.Where(e => e.Values.Length > 0).Select(SentRequest.TagOf).OfType<string>()
            .Any(t => !tags.Contains(t, StringComparer.OrdinalIgnoreCase)))
        {
            yield return "a tag of aws:requesttag is not in aws:tagkeys";
        }

        if (CalledVia.Any(request.Has) && !request.IsTruth("aws:viaawsservice", "true", whenOpen: true))
        {
            yield return "aws:calledvia is sent though aws:viaawsservice is not true";
        }

        if (request.Of("aws:currenttime") is [var current] && request.Of("aws:epochtime") is [var epoch] && Moment(current) is { } one
            && Moment(epoch) is { } other && decimal.Floor(one) != decimal.Floor(other))
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

    /// <summary>The moment that a text is, in seconds since 1970: of the W3C's profile of ISO 8601, or such a number; null when it is none.</summary>
    public static decimal? Moment(string text)
    {
        if (Iso.Match(text) is not { Success: true } iso)
        {
            return Epoch.IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal seconds) ? seconds
                : null;
        }

        int year = Part("year"), month = Part("month"), day = Part("day"), hour = Part("hour"), minute = Part("minute"), second = Part("second");

        // The calendar repeats every 400 years, so that years which the platform does not have are counted as later ones.
        int shift = year < 400 ? 400 : 0;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year + shift, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        long days = (new DateTime(year + shift, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Days - (shift == 0 ? 0 : 146_097);
        long offset = (Part("offset") * 60) + Part("minutes");
        string fraction = iso.Groups["fraction"].Value;
        return (days * 86_400) + (hour * 3_600) + (minute * 60) + second - (iso.Groups["sign"].Value == "-" ? -offset * 60 : offset * 60)
            + (fraction.Length == 0 ? 0 : decimal.Parse("0." + fraction[..Math.Min(fraction.Length, 12)], CultureInfo.InvariantCulture));

        int Part(string name) => iso.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture)
            : name is "month" or "day" ? 1 : 0;
    }

    [GeneratedRegex(@"^(-?[0-9]{1,3}|-[0-9]{4,}|[0-9]{5,})\z")]
    private static partial Regex Epoch { get; }

    [GeneratedRegex(@"^(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})(T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?)?(Z|(?<sign>[+-])(?<offset>[0-9]{2}):(?<minutes>[0-9]{2})))?)?)?\z")]
    private static partial Regex Iso { get; }
}
