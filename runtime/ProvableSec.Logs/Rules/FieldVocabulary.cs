using System.Collections.Immutable;
using System.Text;

namespace ProvableSec.Logs.Rules;

/// <summary>
/// The values that AWS WAF writes into the fields of which they are known (AWS WAF Developer Guide, "Log fields for web ACL traffic"; AWS WAFV2 API
/// Reference, "GeoMatchStatement"). A pattern that stands for none of them makes a rule that no record meets.
/// </summary>
internal static class FieldVocabulary
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly ImmutableArray<string> Ending = ["ALLOW", "BLOCK", "CAPTCHA", "CHALLENGE"], Listed = [.. Ending, "COUNT", "EXCLUDED_AS_COUNT", ""];
    private static readonly ImmutableArray<string> Types = ["REGULAR", "RATE_BASED", "GROUP", "MANAGED_RULE_GROUP"];
    private static readonly ImmutableArray<string> Sources = ["CF", "ALB", "APIGW", "APPSYNC", "COGNITOIDP", "APPRUNNER", "VERIFIED_ACCESS", "AMPLIFY"];
    private static readonly ImmutableArray<string> Countries =
        [.. Letters.SelectMany(first => Letters.Select(second => $"{first}{second}")).Where(code => code != "UK"), "-"];

    /// <summary>Every value that a field can have; empty when it can have any.</summary>
    public static ImmutableArray<string> Of(LogField field) => field switch
    {
        LogField.Action => Ending,
        LogField.TerminatingRuleType => Types,
        LogField.MatchedAction => Listed,
        LogField.OverriddenAction => [.. Ending, "COUNT"],
        LogField.Country => Countries,
        _ => [],
    };

    /// <summary>Why no value that AWS WAF writes is one of a pattern's; null when one is, or may be.</summary>
    public static string? Problem(LogField field, TextPattern pattern)
    {
        string text = pattern.Pattern;
        if (field == LogField.Uri)
        {
            return text.Contains('?', StringComparison.Ordinal) ? $"uri \"{text}\" matches no record: uri is the path alone; what follows the \"?\" is in args"
                : null;
        }

        if (field == LogField.Host)
        {
            return text.Contains('/', StringComparison.Ordinal)
                ? $"host \"{text}\" matches no record: a Host header has a name and perhaps a port, no scheme and no path" : null;
        }

        // New kinds of resources are added from time to time: a name is only wrong when it is a known one in other letters.
        ImmutableArray<string> values = field == LogField.HttpSourceName ? Sources : Of(field);
        if (values.IsEmpty || values.Any(value => pattern.Matches(Encoding.UTF8.GetBytes(value))))
        {
            return null;
        }

        string name = LogFieldNames.Of(field);
        string? meant = values.FirstOrDefault(value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase));
        return field switch
        {
            LogField.HttpSourceName when meant is null => null,
            _ when meant is not null => $"{name} \"{text}\" matches no record: AWS WAF writes \"{meant}\"",
            LogField.Action when Listed.FirstOrDefault(value => value.Length > 0
                && new TextPattern(text, ignoreCase: true).Matches(Encoding.UTF8.GetBytes(value.ToLowerInvariant()))) is { } listed =>
                $"action \"{text}\" matches no record: COUNT does not end the evaluation; write \"matchedAction\": \"{listed}\"",
            LogField.Country when text is "UK" => "country \"UK\" matches no record: the code of the United Kingdom is \"GB\"",
            LogField.Country => $"country \"{text}\" matches no record: AWS WAF writes codes of two letters (ISO 3166), such as \"DE\", or \"-\" for none",
            _ => $"{name} \"{text}\" matches no record: AWS WAF writes one of {string.Join(", ", values.Where(value => value.Length > 0))}",
        };
    }

    /// <summary>Why no header has a name; null when one may have it.</summary>
    public static string? HeaderProblem(string name) =>
        name.Length == 0 || name.Any(c => c is <= ' ' or > '~' || "\"(),/:;<=>?@[\\]{}*".Contains(c, StringComparison.Ordinal))
            ? $"\"{name}\" is not the name of a header{(name.Contains('*', StringComparison.Ordinal) ? "; there are no wildcards in it" : "")}"
            : null;
}
