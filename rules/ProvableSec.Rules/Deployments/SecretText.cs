using System.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Tells the value of a secret from what stands for one, is its name, or says nothing.</summary>
internal static class SecretText
{
    private const int Shortest = 4, FewestDigits = 6;

    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off", "enabled", "disabled", "none", "null", "required", "optional",
        "default", "plaintext", "string", "empty"];

    /// <summary>Beginnings of the names and places of secrets.</summary>
    private static readonly string[] Places = ["arn:", "/", "./", "../", "~/", "http://", "https://", "s3://", "ssm:", "file:", "alias/", "vault:",
        "secretsmanager:", "aws:", "op://", "ref+", "@"];

    /// <summary>Whether a value is a hard-coded secret.</summary>
    /// <param name="name">What the value is called.</param>
    /// <param name="value">The value.</param>
    public static bool IsWritten(string name, string value)
    {
        string text = value.Trim();
        string lower = text.ToLowerInvariant();
        return text.Length >= Shortest && !UnknownText.IsIn(text) && !text.Any(char.IsWhiteSpace)
            && Array.IndexOf(Words, lower) < 0 && !Array.Exists(Places, place => lower.StartsWith(place, StringComparison.Ordinal))
            && !(text.Length < FewestDigits && text.All(char.IsDigit))
            && !string.Equals(text, name, StringComparison.OrdinalIgnoreCase)
            && (SecretName.IsOfPassword(name) || !IsName(text))
            && PasswordValue.IsWritten(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>What a secret is called where it is kept: <c>prod/api/token</c>, <c>my-app-secret</c>.</summary>
    private static bool IsName(string text) =>
        text.IndexOfAny(['-', '_', '/', '.']) > 0 && (SecretName.Is(text) || text.IndexOf('/') > 0)
            && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '/' or '.' or ':');
}
