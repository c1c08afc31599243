using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>
/// The same text read by System.Text.Json with its default options (no comments, no trailing commas, 64 levels).
/// Left out, because the two mean to differ:
/// a byte order mark, which our source text drops and System.Text.Json refuses;
/// double keys, which it allows by default and policies must not have;
/// lone surrogates, which cannot be passed to it as UTF-8 at all, and which it refuses to hand out as text when written as an escape.
/// </summary>
internal static class SystemTextJsonComparison
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <returns>False when the text cannot be compared.</returns>
    public static bool Check(ProvableSec.Policy.Json.JsonTree ours)
    {
        string text = ours.Source.Text;
        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(text.StartsWith('\uFEFF') ? text[1..] : text);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }

        bool wrong = ours.Problems.Any(p => p.Code != ProblemCode.DuplicateKey);
        try
        {
            using var theirs = System.Text.Json.JsonDocument.Parse(bytes);
            if (wrong)
            {
                Assert.Fail($"System.Text.Json accepts what we refuse: {ours.Problems.First(p => p.Code != ProblemCode.DuplicateKey)}");
            }

            Same(ours.Root, theirs.RootElement);
        }
        catch (JsonException e)
        {
            if (!wrong)
            {
                Assert.Fail($"System.Text.Json refuses what we accept: {e.Message}");
            }
        }

        return true;
    }

    private static void Same(JsonItem ours, System.Text.Json.JsonElement theirs)
    {
        Equal(theirs.ValueKind.ToString(), ours.Kind.ToString());
        switch (theirs.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = theirs.EnumerateObject();
                foreach (ProvableSec.Policy.Json.JsonMember property in ours.Properties())
                {
                    Assert.True(properties.MoveNext());
                    if (!HasLoneSurrogate(property.Name))
                    {
                        Equal(properties.Current.Name, property.Name);
                    }

                    Same(property.Value, properties.Current.Value);
                }

                Assert.False(properties.MoveNext());
                break;
            case JsonValueKind.Array:
                var items = theirs.EnumerateArray();
                foreach (JsonItem item in ours.Elements())
                {
                    Assert.True(items.MoveNext());
                    Same(item, items.Current);
                }

                Assert.False(items.MoveNext());
                break;
            case JsonValueKind.String when !HasLoneSurrogate(ours.Text):
                Equal(theirs.GetString(), ours.Text);
                break;
            case JsonValueKind.Number:
                Equal(theirs.GetRawText(), ours.Text);
                break;
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static void Equal(string? expected, string actual)
    {
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Assert.Equal(expected, actual);
        }
    }
}
