using System.Globalization;

namespace ProvableSec.Rules.Credentials;

/// <summary>Makes fingerprints: names for findings that tell nothing of what was found.</summary>
internal static class Fingerprint
{
    /// <summary>Of something drawn at random, whose hash nobody can turn back.</summary>
    public static string OfValue(Rule rule, string value) => TextHash.Of(rule.Id + "\n" + value);

    /// <summary>Of a value, whatever it counts as.</summary>
    public static string OfPart(string value) => TextHash.Of("\n" + value);

    /// <summary>Of what others could guess, a password or the rest of an access key ID: from where it stands, and what is shown of it.</summary>
    public static string OfPlace(Rule rule, string path, string key, int ordinal) =>
        TextHash.Of(string.Join("\n", rule.Id, path, key, ordinal.ToString(CultureInfo.InvariantCulture)));
}
