using System.Globalization;
using System.Text.Json;

namespace ProvableSec.Analytics.Findings;

/// <summary>Members of JSON objects that may not be there, or be something else.</summary>
internal static class JsonMembers
{
    /// <summary>A member on a path; null when it is not there.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !Find(element, name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>A text on a path; null when there is none.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>A number on a path, also one in a string.</summary>
    public static double? Number(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path) switch
    {
        { ValueKind: JsonValueKind.Number } found when found.TryGetDouble(out double number) => number,
        { ValueKind: JsonValueKind.String } found when double.TryParse(found.GetString(), CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <summary>A moment on a path.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Text(path) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : null;

    /// <summary>The elements of an array on a path; none when there is none.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>Events spell names like <c>createdAt</c>, answers of the API like <c>CreatedAt</c>.</summary>
    private static bool Find(JsonElement element, string name, out JsonElement found)
    {
        if (element.TryGetProperty(name, out found))
        {
            return true;
        }

        string other = char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : char.ToUpperInvariant(name[0]) + name[1..];
        return element.TryGetProperty(other, out found);
    }
}
