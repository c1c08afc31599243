using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Byte strings in base64, compared byte for byte.</summary>
internal sealed class BytesSet : ValueSet
{
    private readonly SortedSet<string> members = new(StringComparer.Ordinal);

    public BytesSet(IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            if (Canonical(value) is { } canonical)
            {
                members.Add(canonical);
            }
        }

        // No bytes at all are a value too: each member is closed by its comma, or the set of it alone would look like the empty set.
        Identity = $"Bytes({string.Concat(members.Select(m => m + ","))})";
    }

    public override string Identity { get; }

    public override ValueKind Kind => ValueKind.Bytes;

    public override bool Contains(string value, Reading readings, Budget? budget = null) => Canonical(value) is { } canonical && members.Contains(canonical);

    public override IEnumerable<string> Candidates(Reading readings)
    {
        foreach (string member in members)
        {
            yield return member;
        }

        // One byte string that no set names: longer than any that is named here, and so on across sets.
        int longest = 0;
        foreach (string member in members)
        {
            longest = Math.Max(longest, member.Length);
        }

        yield return new string('A', longest + 4);
    }

    /// <summary>The one base64 spelling of the bytes, or null when the text is not base64.</summary>
    public static string? Canonical(string text)
    {
        // .NET's decoder passes over white space, which is not a base64.
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                return null;
            }
        }

        try
        {
            return Convert.ToBase64String(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
