using System.Text;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Trim;

/// <summary>Makes the filter of a run from its rules and keys.</summary>
internal static class TrimFilter
{
    /// <summary>Makes the filter.</summary>
    /// <param name="rulesFile">The rules; null for the default ones.</param>
    /// <param name="keyFile">The key for redaction by HMAC; null for none.</param>
    /// <param name="console">Where it says what is wrong.</param>
    /// <returns>Null after a message.</returns>
    public static LogFilter? TryCreate(string? rulesFile, string? keyFile, CommandConsole console)
    {
        LogRules? rules = rulesFile is null ? LogRules.Default : LogRulesFile.TryRead(rulesFile, console);
        if (rules is null)
        {
            return null;
        }

        byte[] key = [];
        if (keyFile is not null)
        {
            if (RedactionKeyFile.TryRead(keyFile, console) is not { } bytes)
            {
                return null;
            }

            key = bytes;
        }

        if (rules.NeedsKey && key.Length == 0)
        {
            Say("these rules redact by HMAC: give the key with --hmac-key FILE", console);
            return null;
        }

        if (Environment.GetEnvironmentVariable(SamplingKey.Variable) is { Length: > 0 } samplingKey)
        {
            if (Encoding.UTF8.GetByteCount(samplingKey) < SamplingKey.LeastBytes)
            {
                Say($"{SamplingKey.Variable} must have at least {SamplingKey.LeastBytes} bytes", console);
                return null;
            }

            rules = rules with { SamplingKey = new SamplingKey(samplingKey) };
        }

        if (rules.Samples && rules.SamplingKey is null)
        {
            Say($"warning: these rules sample without a key, so that a client who chooses X-Amzn-Trace-Id chooses whether its record is kept; set "
                + $"{SamplingKey.Variable}, or samplingKey in the rules", console);
        }

        return new LogFilter(rules, key);
    }

    private static void Say(string text, CommandConsole console) => console.Error.WriteLine("provablesec: " + Printable.Clean(text));
}
