using System.Text;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Firehose;

/// <summary>What the function's environment says about its filter.</summary>
internal static class FilterSettings
{
    /// <summary>The file with the rules, in the function's folder unless its path is absolute. Without it the default rules apply.</summary>
    public const string RulesVariable = "PROVABLESEC_RULES";

    /// <summary>The key for redaction by HMAC.</summary>
    public const string KeyVariable = "PROVABLESEC_HMAC_KEY";

    /// <summary>Makes the filter.</summary>
    /// <exception cref="InvalidDataException">The rules cannot be used; nothing must be filtered by a part of them.</exception>
    public static LogFilter Create()
    {
        LogRules rules = LogRules.Default;
        if (Environment.GetEnvironmentVariable(RulesVariable) is { Length: > 0 } file)
        {
            string path = Path.Combine(Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT") ?? "", file);
            LogRulesReading reading = LogRulesReader.Read(File.ReadAllBytes(path));
            rules = reading.Rules ?? throw new InvalidDataException(string.Join("; ", reading.Problems.Select(problem => $"{path}:{problem}")));
        }

        byte[] key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(KeyVariable) ?? "");
        return rules.NeedsKey && key.Length == 0
            ? throw new InvalidDataException($"the rules redact by HMAC, and {KeyVariable} is not set")
            : new LogFilter(rules, key);
    }
}
