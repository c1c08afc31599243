using System.Globalization;

namespace ProvableSec.Tool.Rendering;

/// <summary>A number with its noun: <c>1 question</c>, <c>2,000 policies</c>.</summary>
internal static class Quantity
{
    /// <summary>The number with the noun, in the plural for every number but one.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">The noun in the singular; a last word in <c>y</c> behind a consonant becomes <c>ies</c>, others take an <c>s</c>.</param>
    public static string Of(long count, string one) => Of(count, one, Plural(one));

    /// <summary>The number with the noun, where its plural isn't formed at its end.</summary>
    public static string Of(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    private static string Plural(string one) => one is [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] ? one[..^1] + "ies" : one + "s";
}
