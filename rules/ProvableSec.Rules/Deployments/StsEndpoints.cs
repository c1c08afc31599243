using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Deployments;

/// <summary>The setting by which SDKs call the global endpoint of STS (AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints").</summary>
internal static class StsEndpoints
{
    /// <summary>What is said of it.</summary>
    public const string Message = "the SDK is configured to call the global STS endpoint";

    private const string Variable = "AWS_STS_REGIONAL_ENDPOINTS", Setting = "sts_regional_endpoints", Export = "export", Legacy = "legacy";

    /// <summary>Whether a variable sets it.</summary>
    public static bool IsLegacy(string name, string? value) => name == Variable && value == Legacy;

    /// <summary>Whether a text may set it.</summary>
    public static bool AreIn(string text) => text.IndexOf("sts_regional_endpoints", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Where a file of the AWS configuration, or a script, sets it.</summary>
    public static IEnumerable<TextRange> Find(string text)
    {
        for (int line = 0; line >= 0 && line < text.Length; line = text.IndexOf('\n', line) is >= 0 and var end ? end + 1 : -1)
        {
            if (ValueAt(text, line) is >= 0 and var value && At(text, value, Legacy) && !IsOfName(text, value + Legacy.Length))
            {
                yield return new TextRange(value, Legacy.Length);
            }
        }
    }

    /// <summary>Where the value of the setting begins in a line that sets it; -1 for another.</summary>
    private static int ValueAt(string text, int line)
    {
        int at = Blank(text, line);
        if (At(text, at, Setting))
        {
            at = Blank(text, at + Setting.Length);
            return at < text.Length && text[at] == '=' ? Blank(text, at + 1) : -1;
        }

        if (At(text, at, Export) && Blank(text, at + Export.Length) is var exported && exported > at + Export.Length)
        {
            at = exported;
        }

        if (!At(text, at, Variable + "="))
        {
            return -1;
        }

        at += Variable.Length + 1;
        return at < text.Length && text[at] is '"' or '\'' ? at + 1 : at;
    }

    private static int Blank(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static bool At(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private static bool IsOfName(string text, int at) => at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
