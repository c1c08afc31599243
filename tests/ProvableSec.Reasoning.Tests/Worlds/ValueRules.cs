using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>A single-valued key has one value, and a key of numbers, dates, addresses or truth values has such a one (Service Authorization Reference; IAM User
/// Guide, "Condition operators").</summary>
internal static partial class ValueRules
{
    public static IEnumerable<string> Violations(SentRequest request)
    {
        foreach (ContextEntry entry in request.Context)
        {
            if (ServiceCatalogue.Default.FindKeyType(entry.FoldedKey) is not { } type)
            {
                continue;
            }

            if (!type.IsMultivalued && entry.Values.Length > 1)
            {
                yield return $"{type.Name} is single-valued and has several values";
            }

            if (!entry.Values.All(v => Parses(type.Type, v)))
            {
                yield return $"a value of {type.Name} is not a {type.Type}";
            }
        }
    }

    private static bool Parses(ConditionKeyType type, string value) => type switch
    {
        ConditionKeyType.Bool => value.ToLowerInvariant() is "true" or "false",
        ConditionKeyType.Numeric => Number.IsMatch(value),
        ConditionKeyType.Date => LinkRules.Moment(value) is not null,
        ConditionKeyType.IpAddress => Version4.IsMatch(value) ? value.Split('.').All(b => int.Parse(b, CultureInfo.InvariantCulture) < 256)
            : value.Contains(':', StringComparison.Ordinal) && Version6.IsMatch(value) && IPAddress.TryParse(value, out _),
        _ => true,
    };

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex Version4 { get; }

    [GeneratedRegex(@"^[0-9A-Fa-f:.]+\z")]
    private static partial Regex Version6 { get; }
}
