using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>The setting by which SDKs call the global endpoint of STS (AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints").</summary>
internal static class StsEndpoints
{
    /// <summary>What is said of it.</summary>
    public const string Message = "the SDK is configured to call the global STS endpoint";

    private const string Variable = "AWS_STS_REGIONAL_ENDPOINTS";

    private static readonly Regex Setting = new(@"^[ \t]*(?:sts_regional_endpoints[ \t]*=[ \t]*|(?:export[ \t]+)?AWS_STS_REGIONAL_ENDPOINTS=[""']?)(?<value>legacy)\b", RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    /// <summary>Whether a variable sets it.</summary>
    public static bool IsLegacy(string name, string? value) => name == Variable && value == "legacy";

    /// <summary>Whether a text may set it.</summary>
    public static bool AreIn(string text) => text.IndexOf("sts_regional_endpoints", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Where a file of the AWS configuration, or a script, sets it.</summary>
    public static IEnumerable<TextRange> Find(string text)
    {
        foreach (Match match in Setting.Matches(text))
        {
            Group value = match.Groups["value"];
            yield return new TextRange(value.Index, value.Length);
        }
    }
}
